import FlowCore

/// One leg that a node dialled.
package struct LegReport: Encodable, Hashable, Sendable {
    package var node: String
    package var uuid: String
    package var to: String
    package var rangAt: String?
    package var answeredAt: String?
    package var connectedAt: String?
    package var endedAt: String?
    /// Seconds.
    package var duration: Int?
    package var cause: String?
    package var causeCode: String?

    /// Reads the `legs` of a visit's details.
    static func all(in details: Datum, node: String) -> [LegReport] {
        guard case .list(let legs) = details["legs"] else { return [] }
        return legs.map { LegReport($0, node: node) }
    }

    private init(_ leg: Datum, node: String) {
        func text(_ name: String) -> String? { leg[name].isEmpty ? nil : leg[name].rendered }
        self.node = node
        uuid = leg["uuid"].rendered
        to = leg["to"].rendered
        rangAt = text("rang_at")
        answeredAt = text("answered_at")
        connectedAt = text("connected_at")
        endedAt = text("ended_at")
        duration = leg["duration"].wholeNumber
        cause = text("cause")
        causeCode = text("cause_code")
    }

    enum CodingKeys: String, CodingKey {
        case node, uuid, to
        case rangAt = "rang_at"
        case answeredAt = "answered_at"
        case connectedAt = "connected_at"
        case endedAt = "ended_at"
        case duration, cause
        case causeCode = "cause_code"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(node, forKey: .node)
        try container.encode(uuid, forKey: .uuid)
        try container.encode(to, forKey: .to)
        try container.encode(rangAt, forKey: .rangAt)
        try container.encode(answeredAt, forKey: .answeredAt)
        try container.encode(connectedAt, forKey: .connectedAt)
        try container.encode(endedAt, forKey: .endedAt)
        try container.encode(duration, forKey: .duration)
        try container.encode(cause, forKey: .cause)
        try container.encode(causeCode, forKey: .causeCode)
    }
}
