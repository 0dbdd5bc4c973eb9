package import FlowCore
import FlowDocument
package import FlowStore
package import Logging
import Synchronization

/// The loop that everyone calls: an event comes in, the store is asked to change its call, the answer goes out.
///
/// It decides nothing about calls: the ``Interpreter`` does. It finds the flow, keeps the same webhook from counting
/// twice, sends the requests that Plivo waits for, and hands deliveries over.
package final class Host: Sendable {
    let store: any Store
    let courier: any Courier
    let inbox: DeliveryInbox
    let worker: WorkerID
    let render: @Sendable (Reply) -> [UInt8]?
    let now: @Sendable () -> Timestamp
    let logger: Logger
    /// nil where nothing remembers a crash.
    let crashGuard: CrashGuard?
    package let counters = HostCounters()
    private let state: Mutex<State>

    private struct State {
        var live: FlowSet
        /// Versions of calls under way, as they were needed.
        var loaded: [VersionID: Flow] = [:]
        /// Since when the store cannot be written.
        var outage: Timestamp?
        /// Calls that were set aside, and said to be.
        var parked: Set<RunID> = []
    }

    package init(
        flows: FlowSet,
        store: any Store,
        courier: any Courier,
        inbox: DeliveryInbox,
        worker: WorkerID,
        render: @escaping @Sendable (Reply) -> [UInt8]?,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger,
        crashGuard: CrashGuard? = nil
    ) {
        self.store = store
        self.courier = courier
        self.inbox = inbox
        self.worker = worker
        self.render = render
        self.now = now
        self.logger = logger
        self.crashGuard = crashGuard
        state = Mutex(State(live: flows))
    }

    // MARK: Flows

    package var flows: FlowSet { state.withLock { $0.live } }

    package func knows(flow: String) -> Bool { flows[name: flow] != nil }

    /// Makes another set live.
    ///
    /// Its versions have to be in the store: see ``install(_:versions:)``.
    package func replace(_ flows: FlowSet) {
        state.withLock { $0.live = flows }
    }

    /// Stores the versions of a set, then makes it live: no call begins on a text that could be lost.
    package func install(_ flows: FlowSet, versions: [FlowVersion]) async throws {
        for version in versions { try await store.save(version) }
        replace(flows)
    }

    /// A version that a call runs on: live, or from the store.
    ///
    /// - Returns: nil where the store has none that this flowd can read, now or later.
    package func flow(_ id: VersionID) async throws -> Flow? {
        if let known = loadedFlow(id) { return known }
        guard let version = try await store.version(id) else { return nil }
        let build = FlowBuilder.build(source: version.source, file: version.file, format: version.format, version: id)
        guard let flow = build.flow, !build.hasErrors else { return nil }
        state.withLock { state in
            if state.loaded.count >= Self.loadedVersions { state.loaded.removeAll() }
            state.loaded[id] = flow
        }
        return flow
    }

    /// A version that is in memory.
    func loadedFlow(_ id: VersionID) -> Flow? { state.withLock { $0.live[version: id] ?? $0.loaded[id] } }

    private static let loadedVersions = 1_000

    // MARK: Webhooks

    /// Answers a webhook, once all that follows from it is as durable as it has to be.
    package func answer(_ arrival: Arrival) async -> HostAnswer {
        do {
            let answer = try await settle(arrival)
            state.withLock { $0.outage = nil }
            return answer
        } catch is CancellationError {
            // flowd is told to stop: whoever comes next answers.
            return .unavailable
        } catch is ParkedCall {
            if case .dialEnded(let result) = arrival.kind {
                logger.critical(
                    "the call was set aside: a dial's result is only in this line",
                    metadata: metadata(of: result, arrival)
                )
            }
            return .answer(render(arrival.hearsApology ? .apology(apology(for: arrival)) : .empty) ?? [])
        } catch {
            return unstored(arrival, error)
        }
    }

    private func settle(_ arrival: Arrival) async throws -> HostAnswer {
        while true {
            let decision = try await turn(arrival.call, durability: .deferred) { decider, record in
                decider.decide(arrival, record)
            }
            switch decision.verdict {
            case .answer(let bytes):
                if decision.isDuplicate { counters.countDuplicate() }
                return .answer(bytes)
            case .ask(let awaited, let turn):
                return try await ask(awaited, turn: turn, arrival)
            case .wait:
                try await Task.sleep(for: .milliseconds(20))
            case .needs, .unknownFlow:
                return .unknownFlow
            }
        }
    }

    /// Sends requests on the call path, one after the other, until Plivo can be answered.
    private func ask(_ first: AwaitedRequest, turn: Int, _ arrival: Arrival) async throws -> HostAnswer {
        var awaited = first
        while true {
            let id = DeliveryID(awaited.key)
            let reply = await courier.send(awaited.request, id: id, limit: .seconds(awaited.request.timeout))
            // flowd is told to stop, which is no answer: whoever Plivo comes to next asks again.
            if reply.result.statusCode == 0 { try Task.checkCancellation() }
            let key = awaited.key
            let decision = try await self.turn(arrival.call, durability: .synced) { decider, record in
                decider.requestEnded(key, reply.result, turn: turn, record)
            }
            switch decision.verdict {
            case .answer(let bytes): return .answer(bytes)
            case .ask(let next, _): awaited = next
            case .wait: return try await settle(arrival)
            case .needs, .unknownFlow: return .unknownFlow
            }
        }
    }

    /// A turn on the versions that it needs, loaded as it asks for them.
    func turn(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (Decider, RunRecord?) -> Decision
    ) async throws -> Decision {
        var decider = decider(call)
        while true {
            let decision = try await turn(decider, durability: durability, decide)
            guard case .needs(let version) = decision.verdict else { return decision }
            decider = self.decider(call, lost: decider.lost)
            decider.take(try await flow(version), as: version)
        }
    }

    /// One turn: read, decide, write; then the deliveries are handed over.
    private func turn(
        _ decider: Decider,
        durability: Durability,
        _ decide: @escaping @Sendable (Decider, RunRecord?) -> Decision
    ) async throws -> Decision {
        let call = decider.call
        let box = DecisionBox()
        let began = ContinuousClock.now
        let change = try await guarded(call) { watch in
            try await self.store.turn(call, durability: durability, watch: watch) { record in
                let decision = decide(decider, record)
                box.put(decision)
                return decision.change
            }
        }
        if let change { written(change, at: decider.at, since: began) }
        guard let decision = box.take() else { preconditionFailure("a store has to ask before it returns") }
        return decision
    }

    func decider(_ call: RunID, lost: Set<VersionID> = []) -> Decider {
        let (live, loaded) = state.withLock { ($0.live, $0.loaded) }
        return Decider(call: call, live: live, loaded: loaded, lost: lost, worker: worker, at: now(), render: render)
    }

    /// Notes that a call is set aside.
    ///
    /// - Returns: whether this is the first time.
    func isNews(parked call: RunID) -> Bool { state.withLock { $0.parked.insert(call).inserted } }

    /// Hands over what a turn ordered, and logs what it did.
    ///
    /// - Parameter since: an instant before the turn was written.
    func written(_ change: RecordChange, at: Timestamp, since: ContinuousClock.Instant) {
        let claimed = change.deliveries.map { ClaimedDelivery($0, claim: .first(of: $0.id, by: worker)) }
        inbox.push(claimed, since: since)
        guard let record = change.record else { return }
        if logger.logLevel <= .debug { for run in record.runs { logSteps(of: run, at: at) } }
        for run in record.runs where run.endedAt == at { log(run) }
    }

    private func log(_ run: Run) {
        if run.status == .failed { counters.countFailedRun() }
        logger.log(
            level: run.status == .failed ? .error : .info,
            "run ended",
            metadata: [
                "call": "\(run.call)", "flow": "\(run.flow)", "version": "\(run.version)", "status": "\(run.status)",
                "from": "\(LogText.clean(run.from))", "to": "\(LogText.clean(run.to))", "steps": "\(run.path.count)",
                "notes": .array(run.notes.map { "\(LogText.clean($0))" }),
            ]
        )
    }

    // MARK: Without a store

    /// What can still be said when nothing can be written down.
    private func unstored(_ arrival: Arrival, _ error: any Error) -> HostAnswer {
        let at = now()
        let since = state.withLock { state in
            // A clock that is set back begins anew, or Plivo would be put off for as long.
            let since = min(state.outage ?? at, at)
            state.outage = since
            return since
        }
        counters.countStoreFailure()
        let metadata: Logger.Metadata = [
            "call": "\(LogText.clean(arrival.call.text))", "error": "\(LogText.clean("\(error)"))",
        ]
        let apology = render(.apology(apology(for: arrival))) ?? []
        switch arrival.kind {
        case .call:
            logger.critical("the store cannot be written: a call was answered with on_error", metadata: metadata)
            return .answer(apology)
        case .dialEnded(let result):
            guard at >= since + Self.patienceSeconds else {
                logger.critical("the store cannot be written: a dial's result was refused for now", metadata: metadata)
                return .unavailable
            }
            logger.critical(
                "the store cannot be written: a dial's result is only in this line",
                metadata: metadata.merging(self.metadata(of: result, arrival)) { $1 }
            )
            return .answer(apology)
        case .message, .hangup, .leg:
            logger.critical("the store cannot be written: a webhook was refused for now", metadata: metadata)
            return .unavailable
        }
    }

    private func metadata(of result: DialResult, _ arrival: Arrival) -> Logger.Metadata {
        [
            "call": "\(LogText.clean(arrival.call.text))",
            "DialStatus": "\(LogText.clean(result.status))",
            "DialHangupCause": "\(LogText.clean(result.hangupCause))",
            "DialBLegUUID": "\(LogText.clean(result.bLegUUID))",
            "step": "\(arrival.step.map { "\($0.flow)/\($0.version)/\($0.node)/\($0.turn)" } ?? "")",
        ]
    }

    /// Seconds for which Plivo is asked to come again with a dial's result.
    private static let patienceSeconds = 5

    private func apology(for arrival: Arrival) -> Apology {
        let flow: Flow? =
            switch arrival.target {
            case .flow(let name): flows[name: name]
            case .number(let number): flows[number: number]
            }
        return flow?.apology ?? Apology()
    }
}

/// Carries a decision out of the store's turn.
private final class DecisionBox: Sendable {
    private let content = Mutex<Decision?>(nil)

    func put(_ decision: Decision) { content.withLock { $0 = decision } }
    func take() -> Decision? { content.withLock { $0 } }
}
