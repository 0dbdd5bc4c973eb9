/// The way that one event takes a run: from node to node, until it waits or ends.
struct Walk {
    /// The run, at the node that it has come to.
    var visit: Stay
    private var reply: Reply?
    private var deliveries: [DeliveryOrder] = []
    private var steps = 0
    /// When Plivo's webhook came that is to be answered.
    private var webhookAt: Timestamp
    /// Whether a webhook of Plivo is, or was, to be answered with what comes of the event.
    private var isAnswered = true

    init(flow: Flow, run: Run, at: Timestamp) {
        visit = Stay(flow: flow, node: 0, at: at, run: run)
        webhookAt = at
    }

    var turn: Turn { Turn(run: visit.run, reply: reply, deliveries: deliveries) }

    private var flow: Flow { visit.flow }

    private var at: Timestamp { visit.at }

    mutating func note(_ text: String) { visit.note(text) }

    // MARK: Events

    mutating func dialEnded(_ result: DialResult) -> Bool {
        guard case .dial(let dial) = visit.run.waiting, result.turn == visit.run.turn else { return false }
        return settle(dial, result)
    }

    mutating func heard(_ leg: LegEvent) -> Bool {
        guard case .dial(var dial) = visit.run.waiting, leg.turn == visit.run.turn else { return false }
        let before = dial
        if leg.action == .answered || leg.action == .connected {
            if dial.answeredAt == nil { dial.answeredAt = at }
            if !leg.bLegUUID.isEmpty { dial.bLegUUID = leg.bLegUUID }
            if !leg.to.isEmpty { dial.answeredBy = DialTarget(leg.to)?.text ?? leg.to.cut(toBytes: 200) }
        }
        if leg.action == .hungUp, leg.bLegUUID == dial.bLegUUID, dial.answeredAt != nil { dial.duration = leg.duration }
        visit.run.waiting = .dial(dial)
        return dial != before
    }

    mutating func hungUp(_ hangup: Hangup) -> Bool {
        guard visit.run.hangup == nil, !visit.run.hasEnded else { return false }
        visit.run.hangup = hangup
        guard case .dial(var dial) = visit.run.waiting else {
            visit.run.callEnded = true
            return true
        }
        if hangup.isCancel { return settle(dial, from: hangup) }
        dial.hangup = hangup
        visit.run.waiting = .dial(dial)
        visit.run.wake = at + RunLimits.actionAfterHangupSeconds
        return true
    }

    mutating func woke() -> Bool {
        guard let wake = visit.run.wake, at >= wake, !visit.run.hasEnded else { return false }
        switch visit.run.waiting {
        case .dial(let dial):
            if let hangup = dial.hangup { return settle(dial, from: hangup) }
            visit.run.callEnded = true
            return settle(
                dial,
                .unheard(
                    "failed",
                    cause: "flowd_watchdog",
                    ringStatus: dial.ringStatus,
                    bLegUUID: dial.bLegUUID,
                    run: visit.run
                )
            )
        case .request(let awaited):
            // Whoever asked is gone, and Plivo did not ask again: the caller is too. The request is not.
            note(
                "the request of \"\(flow.nodes[awaited.key.node].name)\" was left without an answer; it is delivered instead"
            )
            visit.run.callEnded = true
            deliver(awaited.request, awaited.key, attempts: nil)
            visit.run.waiting = .delivery(awaited.key)
            answer(.hangup)
            return true
        case .delivery, .nothing:
            visit.run.wake = nil
            return true
        }
    }

    mutating func requestEnded(_ key: EffectKey, _ result: RequestResult) -> Bool {
        switch visit.run.waiting {
        case .request(let awaited) where awaited.key == key:
            webhookAt = awaited.webhookAt
            steps = awaited.steps
            return resume(.requestEnded(key, result), at: key.node)
        case .delivery(key):
            isAnswered = false
            return resume(.requestEnded(key, result), at: key.node)
        default:
            guard let index = visit.run.outstanding.firstIndex(of: key) else { return false }
            visit.run.outstanding.remove(at: index)
            closeIfDone()
            return true
        }
    }

    /// A dial of which only the end of the call is known.
    private mutating func settle(_ dial: AwaitedDial, from hangup: Hangup) -> Bool {
        visit.run.callEnded = true
        let answered = dial.answeredAt != nil || hangup.billDuration > 0
        let status = hangup.isCancel || !answered ? "cancel" : "completed"
        return settle(
            dial,
            .unheard(status, cause: hangup.cause, ringStatus: dial.ringStatus, bLegUUID: dial.bLegUUID, run: visit.run)
        )
    }

    private mutating func settle(_ dial: AwaitedDial, _ result: DialResult) -> Bool {
        if dial.hangup != nil { visit.run.callEnded = true }
        return resume(.dialEnded(result), at: dial.node)
    }

    // MARK: The way

    private mutating func resume(_ event: Event, at node: Int) -> Bool {
        visit.node = node
        guard let progress = flow.nodes[node].behavior.resume(event, &visit) else { return false }
        visit.run.wake = nil
        visit.run.waiting = .nothing
        follow(progress, from: node)
        return true
    }

    mutating func follow(_ first: Progress, from origin: Int) {
        var progress = first
        var node = origin
        while true {
            switch progress {
            case .outcome(let outcome):
                close(node, outcome)
                guard case .node(let next) = flow.nodes[node].transitions[outcome].target else { return end() }
                node = next
                guard let entered = enter(next) else { return }
                progress = entered
            case .dial(let dial, let awaited): return ring(dial, awaited)
            case .request(let request):
                guard let result = ask(request, node) else { return }
                guard let next = flow.nodes[node].behavior.resume(.requestEnded(key(node), result), &visit) else {
                    return
                }
                progress = next
            case .deliver(let request, let attempts, let then):
                deliver(request, key(node), attempts: attempts)
                guard let then else {
                    visit.run.waiting = .delivery(key(node))
                    visit.run.status = .delivering
                    visit.run.callEnded = true
                    return answer(farewell)
                }
                visit.run.outstanding.append(key(node))
                progress = .outcome(then)
            }
        }
    }

    private mutating func enter(_ node: Int) -> Progress? {
        steps += 1
        guard steps <= RunLimits.stepsPerWebhook else {
            fail("more than \(RunLimits.stepsPerWebhook) steps for one webhook, at \"\(flow.nodes[node].name)\"")
            return nil
        }
        guard visit.run.path.count < RunLimits.stepsPerRun else {
            fail("more than \(RunLimits.stepsPerRun) steps, at \"\(flow.nodes[node].name)\"")
            return nil
        }
        visit.run.path.append(Run.Step(node: node, at: at))
        visit.node = node
        return flow.nodes[node].behavior.enter(&visit)
    }

    private mutating func ring(_ dial: Dial, _ awaited: AwaitedDial) {
        guard visit.run.dials < RunLimits.dialsPerRun else {
            return fail("more than \(RunLimits.dialsPerRun) dials, at \"\(flow.nodes[awaited.node].name)\"")
        }
        visit.run.dials += 1
        visit.run.waiting = .dial(awaited)
        visit.run.status = .running
        visit.run.wake = at + ((flow.nodes[awaited.node].behavior as? CallForward)?.longestSilence ?? 0)
        answer(.dial(dial))
    }

    /// Waits for a request on the call path.
    ///
    /// - Returns: its failure, where the webhook has no time left for it.
    private mutating func ask(_ request: OutboundRequest, _ node: Int) -> RequestResult? {
        var request = request
        let spent = at.milliseconds - webhookAt.milliseconds
        let left = Int((Int64(RunLimits.callPathSeconds) * 1_000 - spent) / 1_000)
        guard left > 0 else {
            note(
                "\"\(flow.nodes[node].name)\" was not sent: the requests of one webhook share \(RunLimits.callPathSeconds) s"
            )
            return RequestResult(error: "no time left on the call path")
        }
        request.timeout = min(request.timeout, left)
        let until = at + request.timeout + 1
        visit.run.waiting = .request(
            AwaitedRequest(key: key(node), request: request, webhookAt: webhookAt, until: until, steps: steps)
        )
        visit.run.wake = until + RunLimits.watchdogSeconds
        return nil
    }

    private mutating func deliver(_ request: OutboundRequest, _ key: EffectKey, attempts: Int?) {
        visit.run.ordered += 1
        deliveries.append(DeliveryOrder(key: key, request: request, attempts: attempts))
    }

    private func key(_ node: Int) -> EffectKey {
        let run = visit.run
        let visit = run.visits(of: node) - 1
        return EffectKey(call: run.call, flow: run.flow, version: run.version, node: node, visit: visit)
    }

    private mutating func close(_ node: Int, _ outcome: Int) {
        guard let last = visit.run.path.lastIndex(where: { $0.node == node && $0.outcome == nil }) else { return }
        visit.run.path[last].outcome = outcome
    }

    // MARK: Ends

    private var farewell: Reply { visit.run.call.kind == .message ? .empty : .hangup }

    /// Answers the webhook of this turn: the one that came, or the action that comes too late.
    private mutating func answer(_ reply: Reply) {
        guard isAnswered else { return }
        self.reply = reply
        visit.run.turn += 1
    }

    mutating func end() {
        visit.run.waiting = .nothing
        visit.run.wake = nil
        visit.run.callEnded = true
        closeIfDone()
        answer(farewell)
    }

    /// Ends the run with the flow's `on_error`.
    mutating func fail(_ reason: String) {
        note(reason)
        visit.run.waiting = .nothing
        visit.run.wake = nil
        let couldHear = !visit.run.callEnded
        visit.run.callEnded = true
        visit.run.status = .failed
        visit.run.endedAt = at
        answer(couldHear ? .apology(flow.apology) : farewell)
    }

    private mutating func closeIfDone() {
        guard visit.run.status != .failed, visit.run.waiting == .nothing, visit.run.callEnded else { return }
        guard visit.run.outstanding.isEmpty else {
            visit.run.status = .delivering
            return
        }
        visit.run.status = .finished
        visit.run.endedAt = at
    }
}

extension AwaitedDial {
    /// `DialRingStatus`, as far as callbacks told.
    fileprivate var ringStatus: String { answeredAt == nil ? "" : "true" }
}
