import FlowCore
import FlowWeb
import Logging

/// What the log says of flows that are served.
struct FlowLog: Sendable {
    let logger: Logger
    let addresses: WebhookAddresses

    /// Says where flowd serves, and what to give Plivo: a line a flow.
    func serving(_ flows: FlowSet, _ metadata: Logger.Metadata) {
        var metadata = metadata
        if flows.flows.contains(where: { !$0.numbers.isEmpty }) {
            metadata["url_by_number"] = "\(addresses.url(.incoming))"
        }
        logger.notice("flowd is serving", metadata: metadata)
        for flow in flows.flows { live(flow) }
    }

    /// Says which flows came, went or changed.
    func changed(from before: FlowSet, to after: FlowSet) {
        let came = after.flows.filter { before[name: $0.name] == nil }
        let went = before.flows.filter { after[name: $0.name] == nil }
        let changed = after.flows.filter { flow in
            before[name: flow.name].map { $0.version != flow.version } ?? false
        }
        guard !(came + went + changed).isEmpty else { return current(after) }
        var metadata: Logger.Metadata = ["flows": .stringConvertible(after.flows.count)]
        for (key, flows) in [("came", came), ("went", went), ("changed", changed)] where !flows.isEmpty {
            metadata[key] = .array(flows.map { "\($0.name)" })
        }
        logger.notice("changed flows are live", metadata: metadata)
        for flow in came + changed { live(flow) }
        for flow in went {
            logger.notice(
                "a flow is no longer served",
                metadata: ["flow": "\(flow.name)", "numbers": Self.numbers(flow)]
            )
        }
    }

    /// Says that the files hold what is served.
    func current(_ flows: FlowSet) {
        logger.notice(
            "flow files hold the flows that are live",
            metadata: ["flows": .stringConvertible(flows.flows.count)]
        )
    }

    private func live(_ flow: Flow) {
        logger.notice(
            "a flow is live: give Plivo its URL for answer, hangup, fallback and messages",
            metadata: [
                "flow": "\(flow.name)", "version": "\(flow.version)", "url": "\(addresses.url(.flow(flow.name)))",
                "numbers": Self.numbers(flow),
            ]
        )
    }

    private static func numbers(_ flow: Flow) -> Logger.MetadataValue {
        .array(flow.numbers.map { "\($0.number.text)" })
    }
}
