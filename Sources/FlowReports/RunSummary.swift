package import FlowCore

/// A run in a list.
package struct RunSummary: Encodable, Hashable, Sendable {
    package var id: String
    package var flow: String
    package var version: String
    package var status: String
    package var from: String
    package var to: String
    package var startedAt: String
    package var endedAt: String?

    package init(_ run: Run) {
        id = run.id.text
        flow = run.flow
        version = run.version.text
        status = run.status.name
        from = run.from
        to = run.to
        startedAt = run.startedAt.iso8601
        endedAt = run.endedAt?.iso8601
    }

    enum CodingKeys: String, CodingKey {
        case id, flow, version, status, from, to
        case startedAt = "started_at"
        case endedAt = "ended_at"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(flow, forKey: .flow)
        try container.encode(version, forKey: .version)
        try container.encode(status, forKey: .status)
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
        try container.encode(startedAt, forKey: .startedAt)
        // Written while there is none, too: null says that it is under way.
        try container.encode(endedAt, forKey: .endedAt)
    }
}

extension Run.Status {
    /// As reports and their filters name it.
    package var name: String {
        switch self {
        case .running: "running"
        case .delivering: "delivering"
        case .finished: "finished"
        case .failed: "failed"
        }
    }
}
