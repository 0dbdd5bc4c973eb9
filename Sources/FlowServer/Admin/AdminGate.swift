package import FlowCore
package import FlowHost
import FlowReports
package import FlowStore
import FlowWeb

/// What operators may ask, and the answers; it knows no server.
package struct AdminGate: Sendable {
    let host: Host
    let store: any Store
    let now: @Sendable () -> Timestamp
    private let metrics: MetricsPage
    private let door: AdminDoor

    /// - Parameters:
    ///   - address: where the port is served.
    ///   - token: wanted for everything but `/healthz`, where there is one.
    package init(
        host: Host,
        store: any Store,
        metrics: FlowMetrics,
        version: String,
        address: String,
        token: BearerToken?,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.host = host
        self.store = store
        self.now = now
        door = AdminDoor(host: address, token: token)
        self.metrics = MetricsPage(host: host, store: store, metrics: metrics, version: version, now: now)
    }

    /// - Returns: why a request is not taken, before its body is read; nil where it is.
    package func refusal(_ request: AdminRequest) -> AdminAnswer? { door.refusal(request) }

    package func answer(_ request: AdminRequest) async -> AdminAnswer {
        if let refusal = refusal(request) { return refusal }
        guard request.isRead || request.method == "POST" else { return .notAllowed("GET, HEAD, POST") }
        let words = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let segments = words.map(Self.decoded)
        do {
            return try await answer(request, segments)
        } catch let refusal as Refusal {
            return .text(400, refusal.reason)
        } catch {
            return .text(503, "the store cannot be read: \(LogText.clean("\(error)"))")
        }
    }

    private func answer(_ request: AdminRequest, _ segments: [String?]) async throws -> AdminAnswer {
        switch (segments.first ?? nil, segments.count) {
        case ("healthz", 1): return try await get(request) { .text(200, "ok") }
        case ("readyz", 1): return try await get(request, readiness)
        case ("metrics", 1):
            return try await get(request) {
                let text = await metrics.text()
                return AdminAnswer(contentType: PrometheusText.contentType, body: Array(text.utf8))
            }
        case ("flows", 1): return try await get(request) { try .json(host.flows.flows.map(FlowReport.init)) }
        case ("runs", 1): return try await get(request) { try await runs(request.query) }
        case ("runs", 2): return try await get(request) { try await run(segments[1] ?? "") }
        case ("deliveries", 1): return try await get(request) { try await deliveries(request.query) }
        case ("deliveries", 3) where segments[2] == "retry":
            guard request.method == "POST" else { return .notAllowed("POST") }
            return try await retry(segments[1] ?? "")
        default: return .notFound(request.path)
        }
    }

    private func get(_ request: AdminRequest, _ answer: () async throws -> AdminAnswer) async throws -> AdminAnswer {
        guard request.isRead else { return .notAllowed("GET, HEAD") }
        return try await answer()
    }

    private func readiness() async -> AdminAnswer {
        guard !host.flows.flows.isEmpty else { return .text(503, "no flows are loaded") }
        do {
            try await store.check()
            return .text(200, "ready")
        } catch {
            return .text(503, "the store cannot be written: \(LogText.clean("\(error)"))")
        }
    }

    /// A segment of a path, or nil for broken percent-encoding.
    private static func decoded(_ segment: Substring) -> String? {
        // A form's reader, for which a plus is a space.
        let text = segment.split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%2B")
        return (try? FormReader.read(query: "segment=" + text.prefix { $0 != "&" }))?["segment"]
    }
}
