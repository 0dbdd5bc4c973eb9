import FlowCore
import FlowStore

/// What an event does to all that is kept of a call: pure, so that a store may ask again.
struct Decision: Sendable {
    /// What is to be done once the change is durable.
    enum Verdict: Sendable {
        case answer([UInt8])
        /// A request on the call path: send it, and come back with its result.
        case ask(AwaitedRequest, turn: Int)
        /// Another is asking for this very webhook; look again until then.
        case wait(until: Timestamp)
        /// The call runs on a version that has to be loaded first.
        case needs(VersionID)
        case unknownFlow
    }

    var change = RecordChange()
    var verdict: Verdict
    /// Whether the answer was given before.
    var isDuplicate = false
    /// Why no flow takes what came.
    var refusal: HostRefusal?

    init(_ verdict: Verdict) {
        self.verdict = verdict
    }
}

/// Decides for one call at one moment.
struct Decider: Sendable {
    let call: RunID
    let live: FlowSet
    /// Versions that are not live, or not under their name any more.
    private(set) var loaded: [VersionID: Flow]
    /// Versions that cannot be had: the store has none, or none that this flowd can read.
    private(set) var lost: Set<VersionID> = []
    let worker: WorkerID
    let at: Timestamp
    let render: @Sendable (Reply) -> [UInt8]?

    init(
        call: RunID,
        live: FlowSet,
        loaded: [VersionID: Flow],
        lost: Set<VersionID> = [],
        worker: WorkerID,
        at: Timestamp,
        render: @escaping @Sendable (Reply) -> [UInt8]?
    ) {
        self.call = call
        self.live = live
        self.loaded = loaded
        self.lost = lost
        self.worker = worker
        self.at = at
        self.render = render
    }

    /// Takes in what became of the search for a version.
    mutating func take(_ flow: Flow?, as version: VersionID) {
        if let flow { loaded[version] = flow } else { lost.insert(version) }
    }

    func decide(_ arrival: Arrival, _ record: RunRecord?) -> Decision {
        let record = record ?? RunRecord(call: call, createdAt: at)
        switch arrival.kind {
        case .call, .message: return began(arrival, record)
        case .hangup(let hangup): return hungUp(hangup, arrival.target, record)
        case .dialEnded(let result): return dialEnded(result, arrival, record)
        case .leg(let leg): return heard(leg, arrival, record)
        }
    }

    /// The answer to a request on the call path, or the end of a delivery.
    func requestEnded(_ key: EffectKey, _ result: RequestResult, turn: Int?, _ record: RunRecord?) -> Decision {
        guard let record, let index = record.runs.lastIndex(where: { $0.flow == key.flow && $0.version == key.version })
        else { return Decision(.answer(bytes(.hangup))) }
        return apply(.requestEnded(key, result), to: index, record) { run in
            turn.map { again(run, turn: $0, index, record) } ?? Decision(.answer(bytes(.empty)))
        }
    }

    /// The time has come that a run wanted to be woken at.
    func woke(_ record: RunRecord?) -> Decision {
        guard let record, let index = record.runs.lastIndex(where: { ($0.wake ?? at + 1) <= at }) else {
            return Decision(.answer(bytes(.empty)))
        }
        return apply(.woke, to: index, record) { _ in Decision(.answer(bytes(.empty))) }
    }

    // MARK: Webhooks

    private func began(_ arrival: Arrival, _ record: RunRecord) -> Decision {
        let flow = liveFlow(arrival.target)
        if let index = known(arrival.target, flow, record) { return again(record.runs[index], turn: 0, index, record) }
        guard let flow else {
            if case .number(let number) = arrival.target { return refused(.number(number)) }
            return Decision(.unknownFlow)
        }
        guard record.hangup == nil else { return Decision(.answer(bytes(.hangup))) }
        let interpreter = Interpreter(flow)
        guard interpreter.takes(call.kind) else {
            return refused(.outcome(call.kind == .message ? "incoming_message" : "incoming_call", flow: flow.name))
        }
        var record = record
        for index in record.runs.indices where !record.runs[index].hasEnded {
            let version = record.runs[index].version
            guard let earlier = self.flow(version) else {
                guard lost.contains(version) else { return Decision(.needs(version)) }
                record.runs[index].giveUp(Self.lostNote, at: at)
                continue
            }
            record.runs[index] = Interpreter(earlier).transferred(record.runs[index], to: flow.name, at: at)
        }
        let turn = interpreter.start(call, arrival.parameters, at: at)
        let isFirst = record.runs.isEmpty
        record.runs.append(turn.run)
        var decision = commit(turn, flow, record.runs.count - 1, record)
        // No other turn may be answered before it is on the disk: what a hangup or a callback says is said once.
        decision.change.mayDefer =
            isFirst && decision.change.deliveries.isEmpty
            && decision.change.record?.runs.last?.canBeRebuilt == true
        return decision
    }

    private func hungUp(_ hangup: Hangup, _ target: Arrival.Target, _ record: RunRecord) -> Decision {
        guard let index = record.runs.indices.last else {
            if case .flow = target, liveFlow(target) == nil { return Decision(.unknownFlow) }
            var decision = Decision(.answer(bytes(.empty)))
            if record.hangup == nil {
                var record = record
                record.hangup = hangup
                decision.change.record = record
            } else {
                decision.isDuplicate = true
            }
            return decision
        }
        var record = record
        record.hangup = record.hangup ?? hangup
        var decision = apply(.hungUp(hangup), to: index, record) { _ in
            var decision = Decision(.answer(bytes(.empty)))
            decision.isDuplicate = true
            return decision
        }
        // The hangup's own answer is empty, whatever the dial's would be. A request that is under way stays with the
        // webhook that asked for it.
        switch decision.verdict {
        case .answer, .ask: decision.verdict = .answer(bytes(.empty))
        case .wait, .needs, .unknownFlow: break
        }
        return decision
    }

    private func dialEnded(_ result: DialResult, _ arrival: Arrival, _ record: RunRecord) -> Decision {
        guard let step = arrival.step else { return Decision(.unknownFlow) }
        guard let index = place(of: step, in: record) else { return rebuilt(result, step, nil, record) }
        let run = record.runs[index]
        if result.turn > run.turn, !run.hasEnded { return rebuilt(result, step, index, record) }
        guard result.turn == run.turn, case .dial = run.waiting else {
            return again(run, turn: result.turn, index, record)
        }
        return apply(.dialEnded(result), to: index, record) { again($0, turn: result.turn, index, record) }
    }

    /// This store knows nothing of the dial: what the URL and the parameters say has to do.
    private func rebuilt(_ result: DialResult, _ step: StepAddress, _ index: Int?, _ record: RunRecord) -> Decision {
        if let flow = flow(step.version) { return rebuilt(result, on: flow, step, index, record) }
        guard lost.contains(step.version) else { return Decision(.needs(step.version)) }
        // A version that the store does not have either: the live one has to do.
        guard let live = live[name: step.flow] else { return Decision(.unknownFlow) }
        return rebuilt(result, on: live, step, index, record)
    }

    /// The run that a step is of, or the one that was rebuilt on the live version, as its own was lost.
    private func place(of step: StepAddress, in record: RunRecord) -> Int? {
        func place(_ version: VersionID?) -> Int? {
            record.runs.lastIndex { $0.flow == step.flow && $0.version == version }
        }
        return place(step.version) ?? (lost.contains(step.version) ? place(live[name: step.flow]?.version) : nil)
    }

    private func rebuilt(
        _ result: DialResult,
        on flow: Flow,
        _ step: StepAddress,
        _ index: Int?,
        _ record: RunRecord
    ) -> Decision {
        guard var turn = Interpreter(flow).rebuild(call, node: step.node, result, hangup: record.hangup, at: at) else {
            return Decision(.answer(bytes(.hangup)))
        }
        var record = record
        if let index {
            let before = record.runs[index]
            turn.run.ordered += before.ordered
            turn.run.outstanding += before.outstanding
            turn.run.startedAt = before.startedAt
            record.runs[index] = turn.run
        } else {
            record.runs.append(turn.run)
        }
        return commit(turn, flow, index ?? record.runs.count - 1, record)
    }

    private func heard(_ leg: LegEvent, _ arrival: Arrival, _ record: RunRecord) -> Decision {
        let nothing = Decision(.answer(bytes(.empty)))
        guard let step = arrival.step,
            let index = record.runs.lastIndex(where: { $0.flow == step.flow && $0.version == step.version })
        else { return nothing }
        return apply(.leg(leg), to: index, record) { _ in nothing }
    }

    // MARK: What follows

    /// The same webhook again: the same answer, or the wait for it.
    private func again(_ run: Run, turn: Int, _ index: Int, _ record: RunRecord) -> Decision {
        var decision: Decision
        if let bytes = run.answer(at: turn) {
            decision = Decision(.answer(bytes))
        } else if case .request(let awaited) = run.waiting, run.turn == turn {
            guard at >= awaited.until else { return Decision(.wait(until: awaited.until)) }
            guard let flow = flow(run.version) else { return without(run.version, index, record, isHeard: true) }
            guard let again = Interpreter(flow).askAgain(run, at: at) else {
                return Decision(.wait(until: awaited.until))
            }
            return commit(again, flow, index, record)
        } else {
            decision = Decision(.answer(bytes(call.kind == .message ? .empty : .hangup)))
        }
        decision.isDuplicate = true
        return decision
    }

    private func apply(_ event: Event, to index: Int, _ record: RunRecord, otherwise: (Run) -> Decision) -> Decision {
        let run = record.runs[index]
        guard !run.hasEnded || !run.outstanding.isEmpty else { return otherwise(run) }
        guard let flow = flow(run.version) else {
            return without(run.version, index, record, isHeard: event.isHeard)
        }
        guard let turn = Interpreter(flow).handle(event, run, at: at) else { return otherwise(run) }
        return commit(turn, flow, index, record)
    }

    /// What follows without a run's flow: it has to be loaded, or it is lost and the run ends here.
    private func without(_ version: VersionID, _ index: Int, _ record: RunRecord, isHeard: Bool) -> Decision {
        guard lost.contains(version) else { return Decision(.needs(version)) }
        var record = record
        let apology = live[name: record.runs[index].flow]?.apology ?? Apology()
        let answer = bytes(isHeard ? .apology(apology) : .empty)
        record.runs[index].giveUp(Self.lostNote, at: at)
        if isHeard {
            record.runs[index].answers.append(Run.Answer(turn: record.runs[index].turn, bytes: answer))
            record.runs[index].turn += 1
        }
        var decision = Decision(.answer(answer))
        decision.change.record = record
        return decision
    }

    private static let lostNote =
        "the version of the flow that it began with cannot be read any more: what should have followed was not done"

    private func commit(_ first: Turn, _ flow: Flow, _ index: Int, _ record: consuming RunRecord) -> Decision {
        var turn = first
        var decision: Decision
        if let reply = turn.reply {
            var document = render(reply)
            if document == nil {
                turn = Interpreter(flow).failed(turn.run, "the answer has more than 100 KB", at: at)
                turn.deliveries = first.deliveries
                document = turn.reply.flatMap(render)
            }
            let answer = document ?? bytes(.hangup)
            turn.run.answers.append(Run.Answer(turn: turn.run.turn - 1, bytes: answer))
            decision = Decision(.answer(answer))
        } else if case .request(let awaited) = turn.run.waiting {
            decision = Decision(.ask(awaited, turn: turn.run.turn))
        } else {
            decision = Decision(.answer(bytes(.empty)))
        }
        record.runs[index] = turn.run
        decision.change = RecordChange(
            record: record,
            deliveries: turn.deliveries.map { Delivery(order: $0, createdAt: at) },
            worker: worker
        )
        return decision
    }

    // MARK: Looking up

    /// A polite no, that changes nothing.
    private func refused(_ refusal: HostRefusal) -> Decision {
        var decision = Decision(.answer(bytes(call.kind == .message ? .empty : .reject)))
        decision.refusal = refusal
        return decision
    }

    private func bytes(_ reply: Reply) -> [UInt8] { render(reply) ?? [] }

    private func flow(_ version: VersionID) -> Flow? {
        live[version: version] ?? loaded[version]
    }

    private func liveFlow(_ target: Arrival.Target) -> Flow? {
        switch target {
        case .flow(let name): live[name: name]
        case .number(let number): live[number: number]
        }
    }

    /// The run of the flow that a webhook names: whatever files are on disk by now.
    private func known(_ target: Arrival.Target, _ flow: Flow?, _ record: RunRecord) -> Int? {
        switch target {
        case .flow(let name): record.runs.lastIndex { $0.flow == name }
        case .number:
            flow.flatMap { flow in record.runs.lastIndex { $0.flow == flow.name } } ?? record.runs.indices.last
        }
    }
}

extension Event {
    /// Whether a caller hears what is answered.
    fileprivate var isHeard: Bool {
        switch self {
        case .started, .dialEnded, .requestEnded: true
        case .hungUp, .leg, .woke: false
        }
    }
}

extension Run {
    /// Ends the run as failed, without its flow.
    mutating func giveUp(_ note: String, at: Timestamp) {
        status = .failed
        endedAt = at
        waiting = .nothing
        wake = nil
        outstanding = []
        notes.append(note)
    }

    /// Whether the next webhook alone tells all that this turn did: the first dial after start, and nothing else.
    fileprivate var canBeRebuilt: Bool {
        guard turn == 1, path.count == 2, outstanding.isEmpty, case .dial = waiting else { return false }
        return true
    }
}
