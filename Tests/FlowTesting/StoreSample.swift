package import FlowCore
import FlowDocument
import FlowFiles
package import FlowStore

/// Calls, runs and deliveries as stores are given them in tests.
package enum StoreSample {
    /// A moment some seconds after the beginning of all tests.
    package static func at(_ seconds: Int) -> Timestamp { Timestamp(milliseconds: 1_750_000_000_000) + seconds }

    package static func call(_ number: Int) throws -> RunID {
        let tail = String(number, radix: 16)
        let text = "9f1c2d3e-0000-4000-8000-" + String(repeating: "0", count: 12 - tail.count) + tail
        guard let call = RunID(.call, text) else { throw StoreError("\(text) is no call") }
        return call
    }

    package static func version(_ number: Int, flow: String = "support") -> FlowVersion {
        FlowVersion(flow: flow, file: "\(flow).yaml", format: .yaml, source: Array("# \(number)".utf8))
    }

    package static func run(
        of call: RunID,
        flow name: String = "support",
        version: Int = 0,
        at seconds: Int = 0,
        status: Run.Status = .running
    ) throws -> Run {
        let text = "name: \(name)\nnodes:\n  Start:\n    type: start\n    transitions: end\n"
        let id = Self.version(version, flow: name).id
        let build = FlowBuilder.build(source: Array(text.utf8), file: "\(name).yaml", format: .yaml, version: id)
        guard let flow = build.flow else { throw StoreError("the sample is no flow: \(build.findings)") }
        var run = Run(id: call, flow: flow, startedAt: at(seconds))
        run.status = status
        if run.hasEnded { run.endedAt = at(seconds) }
        return run
    }

    package static func record(_ run: Run) -> RunRecord {
        RunRecord(call: run.id, createdAt: run.startedAt, runs: [run])
    }

    package static func request(origin: String = "https://app.example:443") -> OutboundRequest {
        var request = OutboundRequest(method: "POST", origin: origin, target: SecretText("/report"), timeout: 10)
        request.body = SecretText("{\"status\":\"completed\"}")
        return request
    }

    package static func delivery(
        of call: RunID,
        visit: Int = 0,
        at seconds: Int = 0,
        origin: String = "https://app.example:443",
        isSensitive: Bool = false
    ) -> Delivery {
        let key = EffectKey(run: call, flow: "support", version: version(0).id, node: 1, visit: visit)
        var request = request(origin: origin)
        if isSensitive { request.body.append(.sealed(1, escaping: .json)) }
        let order = Order(key: key, request: request, attempts: nil)
        return Delivery(order: order, createdAt: at(seconds))
    }

    package static func attempt(at seconds: Int, status: Int) -> Delivery.Attempt {
        Delivery.Attempt(at: at(seconds), statusCode: status, error: status == 200 ? "" : "status \(status)")
    }
}

extension Store {
    /// Writes a call with one run that ordered so many deliveries, all born with this turn.
    @discardableResult
    package func add(
        _ number: Int,
        deliveries count: Int = 0,
        worker: WorkerID? = nil,
        at seconds: Int = 0,
        status: Run.Status = .running,
        origin: String = "https://app.example:443"
    ) async throws -> [Delivery] {
        let call = try StoreSample.call(number)
        var run = try StoreSample.run(of: call, at: seconds, status: status)
        run.ordered = count
        let record = StoreSample.record(run)
        let deliveries = (0..<count).map { StoreSample.delivery(of: call, visit: $0, at: seconds, origin: origin) }
        return try await turn(call, durability: .synced) { _ in
            RecordChange(record: record, deliveries: deliveries, worker: worker)
        }.deliveries
    }

    /// Claims as a worker does that has nothing yet.
    package func claim(
        _ worker: WorkerID,
        at seconds: Int = 0,
        limit: Int = 100,
        perOrigin: Int = 100,
        busy: [String: Int] = [:]
    ) async throws -> [ClaimedDelivery] {
        try await claim(by: worker, at: StoreSample.at(seconds), limit: limit, perOrigin: perOrigin, busy: busy)
    }

    /// Writes down an attempt that changes no call.
    package func note(_ next: Delivery.Next, of claim: Claim, at seconds: Int, status: Int) async throws -> Bool {
        try await settle(StoreSample.attempt(at: seconds, status: status), next, of: claim) { _ in RecordChange() }
            != nil
    }
}
