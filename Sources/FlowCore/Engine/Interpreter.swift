/// Runs one flow, one event at a time: a value in, a value out.
///
/// It has no clock, network, disk or chance, and keeps nothing between two calls. Whoever drives it holds the ``Run``,
/// stores what comes back, tells Plivo the reply, and sends the requests. Equal inputs give equal turns.
package struct Interpreter: Sendable {
    package let flow: Flow

    package init(_ flow: Flow) {
        self.flow = flow
    }

    /// Whether the flow has a way for what comes in; without one, nothing begins.
    package func takes(_ kind: RunID.Kind) -> Bool {
        guard let start = flow.start, let outcome = Self.outcome(of: kind) else { return false }
        return flow.nodes[start].transitions[outcome].target != .omitted
    }

    /// Begins a run.
    package func start(_ call: RunID, _ parameters: Parameters, at: Timestamp) -> Turn {
        var walk = Walk(flow: flow, run: newRun(call, parameters, at: at), at: at)
        if call.kind == .message { walk.visit.run.callEnded = true }
        guard let start = flow.start, let outcome = Self.outcome(of: call.kind) else {
            walk.fail("the flow has no start")
            return walk.turn
        }
        walk.visit.run.path.append(Run.Step(node: start, at: at))
        walk.follow(.outcome(outcome), from: start)
        return walk.turn
    }

    /// Begins a run in the middle: at a dial of which this store knows nothing but its result.
    ///
    /// - Returns: nil where the node does not dial.
    package func rebuild(
        _ call: RunID,
        node: Int,
        _ result: DialResult,
        hangup: Hangup? = nil,
        at: Timestamp
    ) -> Turn? {
        guard call.kind == .call, flow.nodes.indices.contains(node),
            let forward = flow.nodes[node].behavior as? CallForward
        else { return nil }
        var run = newRun(call, result.parameters, at: at)
        run.turn = result.turn
        run.dials = 1
        run.notes.append("rebuilt from the result of \"\(flow.nodes[node].name)\": this store did not know the call")
        run.path.append(Run.Step(node: node, at: at))
        var visit = Stay(flow: flow, node: node, at: at, run: run)
        let awaited = forward.awaited(&visit, isFirstDial: result.turn == 1)
        run = visit.run
        run.waiting = .dial(awaited)
        run.hangup = hangup
        run.callEnded = hangup != nil
        return handle(.dialEnded(result), run, at: at)
    }

    private func newRun(_ call: RunID, _ parameters: Parameters, at: Timestamp) -> Run {
        var run = Run(call: call, flow: flow, startedAt: at)
        run.from = parameters["From"].map(PhoneNumber.normalized) ?? ""
        run.to = parameters["To"].map(PhoneNumber.normalized) ?? ""
        run.direction = parameters["Direction"] ?? ""
        if let start = flow.start {
            let reads = flow.nodes[start].parametersRead
            run.values[start] = Start.values(of: parameters, for: call, reads: reads, at: at)
        }
        return run
    }

    private static let incomingCall = Start.description.outcome(Start.incomingCall)
    private static let incomingMessage = Start.description.outcome(Start.incomingMessage)

    private static func outcome(of kind: RunID.Kind) -> Int? {
        kind == .call ? incomingCall : incomingMessage
    }

    /// What an event does to a run; nil where it does nothing.
    package func handle(_ event: Event, _ run: Run, at: Timestamp) -> Turn? {
        var walk = Walk(flow: flow, run: run, at: at)
        switch event {
        case .started: return nil
        case .dialEnded(let result): return walk.dialEnded(result) ? walk.turn : nil
        case .leg(let leg): return walk.heard(leg) ? walk.turn : nil
        case .hungUp(let hangup): return walk.hungUp(hangup) ? walk.turn : nil
        case .requestEnded(let key, let result): return walk.requestEnded(key, result) ? walk.turn : nil
        case .woke: return walk.woke() ? walk.turn : nil
        }
    }

    /// Gives the asking for a request on the call path to another process, once `until` is past.
    package func askAgain(_ run: Run, at: Timestamp) -> Turn? {
        guard case .request(var awaited) = run.waiting, at >= awaited.until else { return nil }
        var run = run
        awaited.until = at + awaited.request.timeout + 1
        awaited.webhookAt = at
        run.waiting = .request(awaited)
        return Turn(run: run)
    }

    /// Ends a run that was moved to another flow.
    package func transferred(_ run: Run, to other: String, at: Timestamp) -> Run {
        guard !run.hasEnded else { return run }
        var walk = Walk(flow: flow, run: run, at: at)
        walk.note("the call was transferred to flow \"\(other)\"")
        walk.visit.run.callEnded = true
        // A delivery that is under way still goes on to what follows it.
        if case .delivery = walk.visit.run.waiting { return walk.visit.run }
        walk.end()
        return walk.visit.run
    }

    /// Ends a run with the flow's apology: its answer cannot be given.
    package func failed(_ run: Run, _ reason: String, at: Timestamp) -> Turn {
        var walk = Walk(flow: flow, run: run, at: at)
        walk.visit.run.turn = max(0, run.turn - 1)
        walk.fail(reason)
        return walk.turn
    }

    // MARK: Documents beside the way

    /// What a callee hears before taking the call.
    package func confirmation(_ run: Run, node: Int) -> Speech? {
        guard flow.nodes.indices.contains(node), let forward = flow.nodes[node].behavior as? CallForward else {
            return nil
        }
        var visit = Stay(flow: flow, node: node, at: run.startedAt, run: run)
        return forward.confirmation(&visit)
    }

    /// What the caller hears in place of ringing.
    package func sound(_ run: Run, node: Int) -> String? {
        guard flow.nodes.indices.contains(node), let forward = flow.nodes[node].behavior as? CallForward else {
            return nil
        }
        var visit = Stay(flow: flow, node: node, at: run.startedAt, run: run)
        return forward.sound(&visit)
    }
}
