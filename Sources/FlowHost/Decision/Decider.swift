package import FlowCore
package import FlowStore

/// Decides for one run at one moment, without store and clock: a record and an event in, a ``Decision`` out.
///
/// It may be asked again with a newer record.
package struct Decider: Sendable {
    private let run: RunID
    private let flows: FlowsAtHand
    private let worker: WorkerID
    package let at: Timestamp
    private let render: @Sendable ([Verb]) -> [UInt8]?

    /// - Parameters:
    ///   - run: the key of the record.
    ///   - worker: who owns the deliveries that begin.
    ///   - render: writes a document; nil for one that Plivo would refuse.
    package init(
        run: RunID,
        flows: FlowsAtHand,
        worker: WorkerID,
        at: Timestamp,
        render: @escaping @Sendable ([Verb]) -> [UInt8]?
    ) {
        self.run = run
        self.flows = flows
        self.worker = worker
        self.at = at
        self.render = render
    }

    // MARK: Events

    package func decide(_ arrival: Arrival, _ record: RunRecord?) -> Decision {
        let record = record ?? RunRecord(call: run, createdAt: at)
        switch arrival.kind {
        case .call, .message: return began(arrival, record)
        case .hangup(let hangup): return hungUp(hangup, arrival.target, record)
        case .callback(let callback, let step):
            if callback.movesTurn { return turnEnded(callback, step, record) }
            return heard(callback, step, holdsToken: arrival.holdsToken, record)
        }
    }

    /// The answer to a request on the call path, or the end of a delivery.
    ///
    /// - Parameter turn: the turn whose webhook waits for it; nil for a delivery.
    package func requestEnded(_ key: EffectKey, _ result: RequestResult, turn: Int?, _ record: RunRecord?) -> Decision {
        guard let record, let index = record.runs.lastIndex(where: { $0.flow == key.flow && $0.version == key.version })
        else { return Decision(.answer(bytes(.farewell))) }
        return apply(.requestEnded(key, result), to: index, record) { run in
            turn.map { again(run, turn: $0, index, record) } ?? Decision(.answer(bytes(.nothing)))
        }
    }

    /// The time has come that a run waited for.
    package func timeIsUp(_ record: RunRecord?) -> Decision {
        guard let record, let index = record.runs.lastIndex(where: { ($0.wake ?? at + 1) <= at }) else {
            return Decision(.answer(bytes(.nothing)))
        }
        return apply(.timeIsUp, to: index, record) { _ in Decision(.answer(bytes(.nothing))) }
    }

    private func began(_ arrival: Arrival, _ record: RunRecord) -> Decision {
        let flow = flows.live(arrival.target)
        let known = flows.index(arrival.target, in: record)
        if let known { return again(record.runs[known], turn: 0, known, record) }
        guard let flow else {
            if case .number(let number) = arrival.target { return refused(.number(number)) }
            return Decision(.unknownFlow)
        }
        guard record.hangup == nil else { return Decision(.answer(bytes(.farewell))) }
        let interpreter = Interpreter(flow)
        guard interpreter.takes(run.kind),
            let turn = interpreter.handle(.began(Beginning(run, arrival.parameters)), nil, at: at)
        else { return refused(.outcome(interpreter.beginning(of: run.kind), flow: flow.name)) }
        var record = record
        for index in record.runs.indices where !record.runs[index].hasEnded {
            let version = record.runs[index].version
            guard let earlier = flows.flow(version) else {
                guard flows.lost.contains(version) else { return Decision(.needs(version)) }
                record.runs[index].giveUp(Note(.lostVersion), at: at)
                continue
            }
            let moved = Interpreter(earlier).handle(.transferred(to: flow.name), record.runs[index], at: at)
            if let moved { record.runs[index] = moved.run }
        }
        let isFirst = record.runs.isEmpty
        record.runs.append(turn.run)
        var decision = commit(turn, flow, record.runs.count - 1, record)
        // No other turn may be answered before it is on the disk: what a hangup or a callback says is said once.
        decision.change.mayDefer =
            isFirst && decision.change.deliveries.isEmpty
            && decision.change.record?.runs.last?.canBeRebuilt(on: flow) == true
        return decision
    }

    private func hungUp(_ hangup: Hangup, _ target: Arrival.Target, _ record: RunRecord) -> Decision {
        guard let index = record.runs.indices.last else {
            if case .flow = target, flows.live(target) == nil { return Decision(.unknownFlow) }
            var decision = Decision(.answer(bytes(.nothing)))
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
            Decision(.answer(bytes(.nothing)), isDuplicate: true)
        }
        // The hangup's own answer is empty, whatever the action's would be. A request that is under way stays with the
        // webhook that asked for it.
        switch decision.verdict {
        case .answer, .ask: decision.verdict = .answer(bytes(.nothing))
        case .wait, .needs, .unknownFlow: break
        }
        return decision
    }

    // MARK: Callbacks

    /// The action of the element that a run waits for, or the `<Redirect>` behind that element.
    private func turnEnded(_ callback: Callback, _ step: StepAddress, _ record: RunRecord) -> Decision {
        guard let index = flows.index(of: step, in: record) else { return rebuilt(callback, step, nil, record) }
        let run = record.runs[index]
        if callback.turn > run.turn, !run.hasEnded { return rebuilt(callback, step, index, record) }
        guard callback.turn == run.turn, run.wait?.signals.contains(.callback) == true else {
            return again(run, turn: callback.turn, index, record)
        }
        return apply(.callback(callback, step), to: index, record) { again($0, turn: callback.turn, index, record) }
    }

    /// Rebuilds the run from URL and parameters, because this store does not know the turn.
    private func rebuilt(_ callback: Callback, _ step: StepAddress, _ index: Int?, _ record: RunRecord) -> Decision {
        if let flow = flows.flow(step.version) { return rebuilt(callback, on: flow, step, index, record) }
        guard flows.lost.contains(step.version) else { return Decision(.needs(step.version)) }
        // A version that the store does not have either: the live one has to do.
        guard let live = flows.live[name: step.flow] else { return Decision(.unknownFlow) }
        return rebuilt(callback, on: live, step, index, record)
    }

    private func rebuilt(
        _ callback: Callback,
        on flow: Flow,
        _ step: StepAddress,
        _ index: Int?,
        _ record: RunRecord
    ) -> Decision {
        let event = Event.rebuilt(callback, step, hangup: record.hangup)
        guard var turn = Interpreter(flow).handle(event, nil, at: at) else {
            return Decision(.answer(bytes(.farewell)))
        }
        var record = record
        if let index {
            turn.run.inherit(from: record.runs[index])
            record.runs[index] = turn.run
        } else {
            record.runs.append(turn.run)
        }
        return commit(turn, flow, index ?? record.runs.count - 1, record)
    }

    /// A callback that moves no turn: the node hears it, or gives a document for it.
    private func heard(_ callback: Callback, _ step: StepAddress, holdsToken: Bool, _ record: RunRecord) -> Decision {
        guard let index = record.runs.lastIndex(where: { $0.flow == step.flow && $0.version == step.version }) else {
            return UnknownRun(flows).decision(callback, step, holdsToken: holdsToken, nothing: bytes(.nothing))
        }
        guard let flow = flows.flow(step.version) else { return without(step.version, index, record, isHeard: false) }
        let interpreter = Interpreter(flow)
        guard let description = interpreter.description(of: callback, node: step.node),
            description.isSigned || holdsToken
        else { return Decision(.unknownFlow) }
        switch description.answer {
        case .document:
            let document = interpreter.document(callback, record.runs[index], node: step.node).flatMap(render)
            return Decision(document.map { .answer($0) } ?? .unknownFlow)
        case .nothing: return told(callback, step, flow, index, record)
        }
    }

    /// What a callback does to its run, and the side run that it begins.
    private func told(
        _ callback: Callback,
        _ step: StepAddress,
        _ flow: Flow,
        _ index: Int,
        _ record: RunRecord
    ) -> Decision {
        let interpreter = Interpreter(flow)
        let run = record.runs[index]
        let side = interpreter.sideBeginning(of: callback, run, node: step.node).map { SideStart($0) }
        let isCopy = side.map { run.sideRuns.contains($0.id) } ?? false
        let nothing = Decision(.answer(bytes(.nothing)), isDuplicate: isCopy)
        guard !isCopy else { return nothing }
        let turn = interpreter.handle(.callback(callback, step), run, at: at)
        guard turn != nil || side != nil else { return nothing }
        var decision = commit(turn ?? Turn(run: run), flow, index, record)
        decision.verdict = nothing.verdict
        side?.begin(on: flow, at: at, by: index, &decision)
        return decision
    }

    // MARK: What follows

    /// The same webhook again: the same answer, or the wait for it.
    private func again(_ run: Run, turn: Int, _ index: Int, _ record: RunRecord) -> Decision {
        var decision: Decision
        if let bytes = run.answer(at: turn) {
            decision = Decision(.answer(bytes))
        } else if let request = run.wait?.request, run.turn == turn {
            guard at >= request.until else { return Decision(.wait(until: request.until)) }
            guard let flow = flows.flow(run.version) else { return without(run.version, index, record, isHeard: true) }
            guard let again = Interpreter(flow).handle(.askedAgain, run, at: at) else {
                return Decision(.wait(until: request.until))
            }
            return commit(again, flow, index, record)
        } else {
            decision = Decision(.answer(bytes(run.id.kind == .message ? .nothing : .farewell)))
        }
        decision.isDuplicate = true
        return decision
    }

    private func apply(_ event: Event, to index: Int, _ record: RunRecord, otherwise: (Run) -> Decision) -> Decision {
        let run = record.runs[index]
        guard !run.hasEnded || !run.outstanding.isEmpty else { return otherwise(run) }
        guard let flow = flows.flow(run.version) else {
            return without(run.version, index, record, isHeard: event.isHeard)
        }
        guard let turn = Interpreter(flow).handle(event, run, at: at) else { return otherwise(run) }
        return commit(turn, flow, index, record)
    }

    /// What follows without a run's flow: it has to be loaded, or it is lost and the run ends here.
    private func without(_ version: VersionID, _ index: Int, _ record: RunRecord, isHeard: Bool) -> Decision {
        guard flows.lost.contains(version) else { return Decision(.needs(version)) }
        var record = record
        let reason = Note(.lostVersion)
        guard !record.runs[index].hasEnded else {
            // Once in a run: what its events should have begun is not done either.
            var decision = Decision(.answer(bytes(.nothing)))
            guard !record.runs[index].notes.contains(reason) else { return decision }
            record.runs[index].note(reason)
            decision.change.record = record
            return decision
        }
        let apology = flows.live[name: record.runs[index].flow]?.apology ?? Apology()
        let answer = bytes(isHeard ? .apology(apology) : .nothing)
        record.runs[index].giveUp(reason, at: at)
        if isHeard {
            record.runs[index].answers.append(Run.Answer(turn: record.runs[index].turn, bytes: answer))
            record.runs[index].turn += 1
        }
        var decision = Decision(.answer(answer))
        decision.change.record = record
        return decision
    }

    private func commit(_ first: Turn, _ flow: Flow, _ index: Int, _ record: consuming RunRecord) -> Decision {
        var turn = first
        var decision: Decision
        if let document = turn.document {
            var written = render(document)
            if written == nil {
                let event = Event.unanswerable(reason: Note(.documentTooLong))
                turn = Interpreter(flow).handle(event, turn.run, at: at) ?? turn
                turn.orders = first.orders
                written = turn.document.flatMap(render)
            }
            let answer = written ?? bytes(.farewell)
            turn.run.answers.append(Run.Answer(turn: turn.run.turn - 1, bytes: answer))
            decision = Decision(.answer(answer))
        } else if var request = turn.run.wait?.request {
            // In memory only: what is stored refers to the run's sensitive values.
            if request.request.holdsSensitive { request.request.vault = turn.run.vault }
            decision = Decision(.ask(request, turn: turn.run.turn))
        } else {
            decision = Decision(.answer(bytes(.nothing)))
        }
        record.runs[index] = turn.run
        decision.change = RecordChange(
            record: record,
            deliveries: turn.orders.map { Delivery(order: $0, createdAt: at) },
            worker: worker
        )
        return decision
    }

    /// Says no, and changes nothing.
    private func refused(_ refusal: HostRefusal) -> Decision {
        var decision = Decision(.answer(bytes(run.kind == .message ? .nothing : .rejection)))
        decision.refusal = refusal
        return decision
    }

    private func bytes(_ document: [Verb]) -> [UInt8] { render(document) ?? [] }
}
