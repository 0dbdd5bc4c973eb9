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
    let render: @Sendable ([Verb]) -> [UInt8]?
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
        var outage: Outage?
        /// Calls that were set aside, and said to be.
        var parked: Set<RunID> = []
        /// Calls whose record is damaged, and said to be.
        var damaged: Set<RunID> = []
        var lines = LineLimit()
    }

    /// A time in which the store cannot be written.
    private struct Outage {
        var since: Timestamp
        /// The store's ``FlowStore/Store/commits`` when it began: the next one ends it.
        var commits: Int
    }

    package init(
        flows: FlowSet,
        store: any Store,
        courier: any Courier,
        inbox: DeliveryInbox,
        worker: WorkerID,
        render: @escaping @Sendable ([Verb]) -> [UInt8]?,
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
            return try await settle(arrival)
        } catch is CancellationError {
            // flowd is told to stop: whoever comes next answers.
            return .unavailable
        } catch is ParkedCall {
            if case .callback(let callback, let step) = arrival.kind, callback.movesTurn {
                logger.critical(
                    "the call was set aside: the result of a step is only in this line",
                    metadata: metadata(of: callback, step)
                )
            }
            return .answer(unservedAnswer(arrival))
        } catch let error as StoreError {
            if case .damaged(let call) = error.kind { return unreadable(call, arrival, error) }
            return unstored(arrival, error)
        } catch {
            return unstored(arrival, error)
        }
    }

    private func settle(_ arrival: Arrival) async throws -> HostAnswer {
        while true {
            let decision = try await turn(arrival.run, durability: .deferred) { decider, record in
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
    private func ask(_ first: PendingRequest, turn: Int, _ arrival: Arrival) async throws -> HostAnswer {
        var awaited = first
        while true {
            let id = DeliveryID(awaited.key)
            let reply = await courier.send(awaited.request, id: id, limit: .seconds(awaited.request.timeout))
            // flowd is told to stop, which is no answer: whoever Plivo comes to next asks again.
            if reply.result.statusCode == 0 { try Task.checkCancellation() }
            let key = awaited.key
            let decision = try await self.turn(arrival.run, durability: .synced) { decider, record in
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
        let call = decider.run
        let box = DecisionBox()
        let change = try await guarded(call) { watch in
            try await self.store.turn(call, durability: durability, watch: watch) { record in
                let decision = decide(decider, record)
                box.put(decision)
                return decision.change
            }
        }
        if let change { written(change, at: decider.at) }
        guard let decision = box.take() else { preconditionFailure("a store has to ask before it returns") }
        return decision
    }

    func decider(_ call: RunID, lost: Set<VersionID> = []) -> Decider {
        let (live, loaded) = state.withLock { ($0.live, $0.loaded) }
        return Decider(run: call, live: live, loaded: loaded, lost: lost, worker: worker, at: now(), render: render)
    }

    /// Notes that a call is set aside.
    ///
    /// - Returns: whether this is the first time.
    func isNews(parked call: RunID) -> Bool { state.withLock { $0.parked.insert(call).inserted } }

    func written(_ change: RecordChange, at: Timestamp) {
        inbox.push(change.deliveries.map { ClaimedDelivery($0, claim: .first(of: $0.id, by: worker)) })
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
                "call": "\(run.id)", "flow": "\(run.flow)", "version": "\(run.version)", "status": "\(run.status)",
                "from": "\(LogText.clean(run.from))", "to": "\(LogText.clean(run.to))", "steps": "\(run.path.count)",
                "notes": .array(run.notes.map { "\(LogText.clean($0.text(in: loadedFlow(run.version))))" }),
            ]
        )
    }

    // MARK: Without a store

    /// The answer to a webhook of a call that cannot be served, though others can.
    private func unservedAnswer(_ arrival: Arrival) -> [UInt8] {
        render(arrival.isHeard ? .apology(apology(for: arrival)) : .nothing) ?? []
    }

    /// Answers for a call whose record is damaged: it alone is given up, and the store is as good as before.
    private func unreadable(_ call: RunID, _ arrival: Arrival, _ error: StoreError) -> HostAnswer {
        note(damaged: call, error)
        if case .callback(let callback, let step) = arrival.kind, callback.movesTurn {
            logger.critical(
                "the call's record is damaged: a dial's result is only in this line",
                metadata: metadata(of: callback, step)
            )
        }
        return .answer(unservedAnswer(arrival))
    }

    /// Says once of a call that its record is damaged.
    func note(damaged call: RunID, _ error: StoreError) {
        guard state.withLock({ $0.damaged.insert(call).inserted }) else { return }
        logger.critical(
            "a call's record is damaged: the call cannot go on",
            metadata: ["call": "\(LogText.clean(call.text))", "error": "\(LogText.clean("\(error)"))"]
        )
    }

    /// What can still be said when nothing can be written down.
    private func unstored(_ arrival: Arrival, _ error: any Error) -> HostAnswer {
        let at = now()
        let since = outageBegan(at)
        counters.countStoreFailure()
        let apology = render(.apology(apology(for: arrival))) ?? []
        switch arrival.kind {
        case .call:
            logOutage("the store cannot be written: a call was answered with on_error", arrival, error, at)
            return .answer(apology)
        case .callback(let callback, let step) where callback.movesTurn:
            guard at >= since + Self.patienceSeconds else {
                logOutage("the store cannot be written: a result was refused for now", arrival, error, at)
                return .unavailable
            }
            // Said of each, however many there are: nothing else knows of it.
            logger.critical(
                "the store cannot be written: the result of a step is only in this line",
                metadata: metadata(of: callback, step).merging(["error": "\(LogText.clean("\(error)"))"]) { $1 }
            )
            return .answer(apology)
        case .message, .hangup, .callback:
            logOutage("the store cannot be written: a webhook was refused for now", arrival, error, at)
            return .unavailable
        }
    }

    /// When the outage began that a failure belongs to: with it, unless no commit has changed the disk since an earlier one.
    private func outageBegan(_ at: Timestamp) -> Timestamp {
        let commits = store.commits
        return state.withLock { state in
            var outage = Outage(since: at, commits: commits)
            // A clock that is set back begins anew, or Plivo would be put off for as long.
            if let known = state.outage, known.commits == commits { outage.since = min(known.since, at) }
            state.outage = outage
            return outage.since
        }
    }

    /// Says a line once a second at most, and how often it was left out since.
    private func logOutage(_ line: Logger.Message, _ arrival: Arrival, _ error: any Error, _ at: Timestamp) {
        guard let leftOut = state.withLock({ $0.lines.admit("\(line)", at: at) }) else { return }
        var metadata: Logger.Metadata = [
            "call": "\(LogText.clean(arrival.run.text))", "error": "\(LogText.clean("\(error)"))",
        ]
        if leftOut > 0 { metadata["left_out"] = "\(leftOut)" }
        logger.critical(line, metadata: metadata)
    }

    /// All that Plivo said, so that nothing of it is lost: control characters out, each value cut.
    private func metadata(of callback: Callback, _ step: StepAddress) -> Logger.Metadata {
        let parameters = callback.parameters.pairs.prefix(100).map { name, value in
            "\(LogText.clean(name.cut(toBytes: 100)))=\(LogText.clean(value.cut(toBytes: 500)))"
        }
        return [
            "call": "\(LogText.clean(step.run.text))",
            "step": "\(step.flow)/\(step.version)/\(step.node)/\(step.turn)/\(callback.name)",
            "parameters": .array(parameters.map { "\($0)" }),
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
