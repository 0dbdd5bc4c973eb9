import FlowCore
import FlowHost
import FlowReports
import FlowStore

extension AdminGate {
    func runs(_ text: String) async throws -> AdminAnswer {
        let asked = try AdminQuery(text, names: ["flow", "status", "limit"])
        let query = RunQuery(flow: asked["flow"], status: try asked.status(), limit: try asked.limit())
        return try .json(query.runs(of: try await store.calls(query)).map(RunSummary.init))
    }

    func run(_ id: String) async throws -> AdminAnswer {
        guard let found = try await FoundRun.find(id, in: store) else { return .notFound("run \(id)") }
        return try .json(RunReport(found, names: NodeNames(try? await host.flow(found.run.version))))
    }

    func deliveries(_ text: String) async throws -> AdminAnswer {
        let query = try AdminQuery(text, names: ["state", "limit"])
        let found = try await store.deliveries(DeliveryQuery(state: try query.state(), limit: try query.limit()))
        var names: [VersionID: NodeNames] = [:]
        for version in Set(found.map(\.key.version)) { names[version] = NodeNames(try? await host.flow(version)) }
        return try .json(found.map { DeliveryReport($0, names: names[$0.key.version] ?? NodeNames(nil)) })
    }

    func retry(_ id: String) async throws -> AdminAnswer {
        let id = DeliveryID(id)
        do {
            guard try await store.retry(id, at: now()) else { return .notFound("delivery \(id)") }
        } catch let error as StoreError where error.kind == .notAgain {
            return .text(409, error.description)
        }
        guard let delivery = try await store.delivery(id) else { return .notFound("delivery \(id)") }
        return try .json(DeliveryReport(delivery, names: NodeNames(try? await host.flow(delivery.key.version))))
    }
}
