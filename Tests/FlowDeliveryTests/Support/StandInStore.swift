import FlowCore
import FlowHost
import FlowStore
import Synchronization

/// A store of deliveries and beats in memory, which fails when told to, and counts what it was asked.
final class StandInStore: Store, DeliverySink {
    struct State {
        var deliveries: [DeliveryID: Delivery] = [:]
        var claims: [DeliveryID: Claim] = [:]
        var beats: [WorkerID: Int] = [:]
        var buried: [WorkerID] = []
        var released: [Claim] = []
        var checks = 0
        var fails = false
        var pruned: [(before: Timestamp, batch: Int)] = []
        var prunable = 0
    }

    let state = Mutex(State())

    subscript<Value: Sendable>(_ path: KeyPath<State, Value> & Sendable) -> Value {
        state.withLock { $0[keyPath: path] }
    }

    func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }

    /// Commits a delivery that is born claimed.
    func commit(_ delivery: Delivery, by worker: WorkerID) -> ClaimedDelivery {
        let claim = Claim.first(of: delivery.id, by: worker)
        state.withLock { state in
            state.deliveries[delivery.id] = delivery
            state.claims[delivery.id] = claim
        }
        return ClaimedDelivery(delivery, claim: claim)
    }

    private func working<Value>(_ body: (inout State) -> Value) throws -> Value {
        try state.withLock { state in
            if state.fails { throw StoreError("disk full") }
            return body(&state)
        }
    }

    // MARK: DeliverySink

    func attempted(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        _ result: RequestResult
    ) async throws {
        try working { state in
            let id = claimed.claim.delivery
            guard state.claims[id] == claimed.claim, var delivery = state.deliveries[id] else { return }
            delivery.attempts.append(attempt)
            switch next {
            case .delivered: delivery.state = .delivered
            case .retry(let at): delivery.dueAt = at
            case .dead: delivery.state = .dead
            }
            state.deliveries[id] = delivery
            state.claims[id] = nil
        }
    }

    // MARK: Store

    func claim(
        by worker: WorkerID,
        at now: Timestamp,
        limit: Int,
        perOrigin: Int,
        busy: [String: Int]
    ) async throws -> [ClaimedDelivery] {
        try working { state in
            var taken = busy
            var found: [ClaimedDelivery] = []
            for delivery in state.deliveries.values.sorted(by: { $0.dueAt < $1.dueAt }) {
                let origin = delivery.request.origin
                guard found.count < limit, delivery.state == .pending, delivery.dueAt <= now,
                    state.claims[delivery.id] == nil, taken[origin] ?? 0 < perOrigin
                else { continue }
                taken[origin, default: 0] += 1
                let claim = Claim(delivery: delivery.id, worker: worker, number: delivery.attempts.count + 2)
                state.claims[delivery.id] = claim
                found.append(ClaimedDelivery(delivery, claim: claim))
            }
            return found
        }
    }

    func holds(_ claim: Claim) async throws -> Bool {
        try working { state in
            state.checks += 1
            return state.claims[claim.delivery] == claim
        }
    }

    func release(_ claims: [Claim]) async throws {
        try working { state in
            state.released += claims
            for claim in claims where state.claims[claim.delivery] == claim { state.claims[claim.delivery] = nil }
        }
    }

    func delivery(_ id: DeliveryID) async throws -> Delivery? { try working { $0.deliveries[id] } }

    func beat(_ worker: WorkerID, at now: Timestamp) async throws {
        try working { $0.beats[worker, default: 0] += 1 }
    }

    func beats() async throws -> [WorkerID: Int] { try working { $0.beats } }

    func bury(_ worker: WorkerID) async throws {
        try working { state in
            state.beats[worker] = nil
            state.buried.append(worker)
            state.claims = state.claims.filter { $0.value.worker != worker }
        }
    }

    func prune(before limit: Timestamp, batch: Int) async throws -> Int {
        try working { state in
            state.pruned.append((limit, batch))
            let count = min(batch, state.prunable)
            state.prunable -= count
            return count
        }
    }

    // MARK: Not asked for here

    func turn(
        _ call: CallID,
        durability: Durability,
        _ decide: @escaping @Sendable (CallRecord?) -> CallChange
    ) async throws -> CallChange { throw StoreError("not here") }

    func record(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (CallRecord?) -> CallChange
    ) async throws -> CallChange? { throw StoreError("not here") }

    func record(of call: CallID) async throws -> CallRecord? { nil }
    func calls(_ query: CallQuery) async throws -> [CallRecord] { [] }
    func callsDue(at now: Timestamp, limit: Int) async throws -> [CallID] { [] }
    func deliveries(_ query: DeliveryQuery) async throws -> [Delivery] { [] }
    func deliveries(of call: CallID) async throws -> [Delivery] { [] }
    func retry(_ id: DeliveryID, at now: Timestamp) async throws -> Bool { false }
    func backlog() async throws -> Backlog { Backlog() }
    func save(_ version: FlowVersion) async throws {}
    func version(_ id: VersionID) async throws -> FlowVersion? { nil }
    func sharedKey() async throws -> [UInt8] { [] }
    func audit() async throws -> Audit { Audit() }
    func check() async throws {}
    func close() async throws {}
}
