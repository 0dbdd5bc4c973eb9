import FlowCore
package import FlowStore

/// A delivery, as operators see it: where it goes, never what is in it.
package struct DeliveryReport: Encodable, Hashable, Sendable {
    package struct Attempt: Encodable, Hashable, Sendable {
        package var at: String
        /// 0 where there was no answer.
        package var statusCode: Int
        package var error: String

        package init(_ attempt: Delivery.Attempt) {
            at = attempt.at.iso8601
            statusCode = attempt.statusCode
            error = attempt.error
        }

        /// The status, else `-`; behind it why it does not count, unless the status says so itself.
        package var text: String {
            let status = statusCode > 0 ? String(statusCode) : "-"
            return error.isEmpty || error == "status \(statusCode)" ? status : "\(status)  \(error)"
        }

        enum CodingKeys: String, CodingKey {
            case at
            case statusCode = "status_code"
            case error
        }
    }

    package var id: String
    /// The CallUUID or MessageUUID.
    package var run: String
    package var flow: String
    package var version: String
    package var node: String
    package var state: String
    package var method: String
    /// Scheme, host and port: path and query may hold numbers.
    package var origin: String
    package var createdAt: String
    /// When the next attempt is due; nil unless pending.
    package var dueAt: String?
    package var attempts: [Attempt]

    package init(_ delivery: Delivery, names: NodeNames) {
        id = delivery.id.text
        run = delivery.key.run.text
        flow = delivery.key.flow
        version = delivery.key.version.text
        node = names.node(delivery.key.node)
        state = delivery.state.name
        method = delivery.request.method
        origin = delivery.request.origin
        createdAt = delivery.createdAt.iso8601
        dueAt = delivery.state == .pending ? delivery.dueAt.iso8601 : nil
        attempts = delivery.attempts.map(Attempt.init)
    }

    enum CodingKeys: String, CodingKey {
        case id, run, flow, version, node, state, method, origin
        case createdAt = "created_at"
        case dueAt = "due_at"
        case attempts
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(run, forKey: .run)
        try container.encode(flow, forKey: .flow)
        try container.encode(version, forKey: .version)
        try container.encode(node, forKey: .node)
        try container.encode(state, forKey: .state)
        try container.encode(method, forKey: .method)
        try container.encode(origin, forKey: .origin)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(dueAt, forKey: .dueAt)
        try container.encode(attempts, forKey: .attempts)
    }
}

extension Delivery.State {
    /// As reports and their filters name it.
    package var name: String {
        switch self {
        case .pending: "pending"
        case .delivered: "delivered"
        case .dead: "dead"
        }
    }
}
