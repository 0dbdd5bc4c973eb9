/// The way that one event takes a run: from node to node, until it waits or ends.
struct Walk {
    /// The run, at the node that it has come to.
    private var stay: Stay
    private var document: [Verb]?
    private var orders: [Order] = []
    private var steps = 0
    /// When Plivo's webhook came that is to be answered.
    private var webhookAt: Timestamp
    /// Whether a webhook of Plivo is, or was, to be answered with what comes of the event.
    private var isAnswered = true
    /// Where the document can end, should a request have to wait for what it says.
    private var pause: Pause?
    private let choose: Interpreter.Choice?

    /// The run as it was behind the last node that spoke and went on.
    private struct Pause {
        var run: Run
        var document: [Verb]
        var node: Int
        var orders: Int
        var redirect: Link
    }

    init(flow: Flow, run: Run, at: Timestamp, choose: Interpreter.Choice? = nil) {
        self.choose = choose
        stay = Stay(flow: flow, run: run, at: at)
        webhookAt = at
    }

    var turn: Turn {
        var run = stay.run
        run.wipeIfOver()
        return Turn(run: run, document: document, orders: orders)
    }

    private var flow: Flow { stay.flow }
    private var at: Timestamp { stay.at }

    // MARK: Events

    mutating func begin(_ beginning: Beginning) {
        guard let start = flow.start else { return fail(Note(.noStart)) }
        arrive(at: start)
        guard let progress = flow.nodes[start].behavior.begin(beginning, &stay) else { return fail(Note(.noStart)) }
        follow(progress)
    }

    /// Begins a side run at a node: nobody waits for an answer.
    mutating func begin(at node: Int) {
        isAnswered = false
        guard let progress = enter(node) else { return }
        follow(progress)
    }

    /// Goes on from a callback of a run that the store does not know.
    mutating func rebuild(_ beginning: Beginning, _ callback: Callback, at node: Int, hangup: Hangup?) -> Bool {
        stay.run.turn = callback.turn
        // What a caller entered is no value of the start's, and sensitive where the node says so.
        let entered = flow.nodes[node].isSensitive ? flow.nodes[node].description.sensitiveParameters : []
        let beginning = Beginning(beginning.run, beginning.parameters.without(entered))
        if let start = flow.start {
            stay.move(to: start)
            _ = flow.nodes[start].behavior.begin(beginning, &stay)
        }
        stay.run.call = CallState(uuid: beginning.parameters["CallUUID"] ?? "", isOver: hangup != nil, hangup: hangup)
        stay.run.note(Note(.rebuilt, node: node))
        stay.run.path.append(Run.Step(node: node, at: at, turn: callback.turn - 1))
        stay.move(to: node)
        guard let wait = flow.nodes[node].behavior.rebuilt(for: callback, &stay) else { return false }
        stay.run.wait = wait
        return resume(.callback(callback))
    }

    /// - Returns: whether the event did anything.
    mutating func take(_ event: Event) -> Bool {
        if let wait = stay.run.wait { isAnswered = wait.signals.contains(.callback) || wait.request != nil }
        switch event {
        case .callback(let callback, let step): return hear(callback, at: step.node)
        case .hungUp(let hangup): return hangUp(hangup)
        case .requestEnded(let key, let result): return end(key, result)
        case .timeIsUp: return timeIsUp()
        case .askedAgain: return askAgain()
        case .transferred(let other): return transfer(to: other)
        case .unanswerable(let reason):
            isAnswered = true
            stay.run.turn = max(0, stay.run.turn - 1)
            fail(reason)
            return true
        case .began, .rebuilt: return false
        }
    }

    private mutating func hear(_ callback: Callback, at node: Int) -> Bool {
        guard flow.nodes.indices.contains(node) else { return false }
        if callback.movesTurn {
            guard let wait = stay.run.wait, wait.signals.contains(.callback), wait.node == node,
                callback.turn == stay.run.turn
            else { return false }
            return resume(.callback(callback))
        }
        guard let visit = stay.run.visit(of: node, turn: callback.turn) else { return false }
        let before = stay.run
        stay.move(to: node, visit: visit)
        let progress = flow.nodes[node].behavior.hear(callback, &stay)
        if let progress, stay.isAwaited {
            goOn(progress)
            return true
        }
        return stay.run != before
    }

    private mutating func hangUp(_ hangup: Hangup) -> Bool {
        guard stay.run.call.hangup == nil, !stay.run.hasEnded else { return false }
        stay.run.call.hangup = hangup
        stay.run.call.isOver = true
        guard let wait = stay.run.wait, wait.signals.contains(.callback) else { return true }
        let graceEnds = at + wait.hangupGrace
        if !resume(.hungUp) { stay.run.wait?.until = graceEnds }
        return true
    }

    private mutating func timeIsUp() -> Bool {
        guard let wait = stay.run.wait, let until = wait.until, at >= until, !stay.run.hasEnded else { return false }
        if let request = wait.request {
            // Whoever asked is gone, and Plivo did not ask again: the caller is too. The request is not.
            stay.run.note(Note(.requestLeft, node: wait.node))
            stay.run.call.isOver = true
            deliver(OrderDraft(request.request), request.key)
            awaitDeliveries([request.key], at: wait.node)
            answer(farewell)
            return true
        }
        if wait.signals.contains(.callback) { stay.run.call.isOver = true }
        if !resume(.timeIsUp) { stay.run.wait?.until = nil }
        return true
    }

    private mutating func end(_ key: EffectKey, _ result: RequestResult) -> Bool {
        if let wait = stay.run.wait {
            if let request = wait.request, request.key == key {
                webhookAt = request.webhookAt
                steps = request.steps
                return resume(.requestEnded(key, result))
            }
            if let index = wait.deliveries.firstIndex(of: key) {
                stay.run.wait?.deliveries.remove(at: index)
                // A node that goes on only when all of them have ended waits for the others.
                _ = resume(.requestEnded(key, result))
                return true
            }
        }
        guard let index = stay.run.outstanding.firstIndex(of: key) else { return false }
        stay.run.outstanding.remove(at: index)
        closeIfDone()
        return true
    }

    /// Gives the asking for a request on the call path to another process, once its deadline is past.
    private mutating func askAgain() -> Bool {
        guard var request = stay.run.wait?.request, at >= request.until else { return false }
        request.until = at + request.request.timeout + 1
        request.webhookAt = at
        stay.run.wait?.request = request
        return true
    }

    private mutating func transfer(to other: String) -> Bool {
        guard !stay.run.hasEnded else { return false }
        stay.run.note(Note(.transferred, other))
        stay.run.call.isOver = true
        // What is ordered still goes on to what follows it.
        if let wait = stay.run.wait, !wait.signals.contains(.callback), wait.request == nil { return true }
        isAnswered = false
        end()
        return true
    }

    // MARK: The way

    private mutating func resume(_ signal: Signal) -> Bool {
        guard let wait = stay.run.wait else { return false }
        stay.move(to: wait.node)
        guard let progress = flow.nodes[wait.node].behavior.resume(signal, &stay) else { return false }
        goOn(progress)
        return true
    }

    private mutating func goOn(_ progress: Progress) {
        stay.run.wait = nil
        follow(progress)
    }

    /// From node to node, until one waits or the run ends.
    private mutating func follow(_ first: Progress) {
        var progress = first
        while true {
            let node = stay.node
            switch progress {
            case .outcome(let name):
                let outcome = flow.nodes[node].outcome(name)
                if let visit = stay.visit { stay.run.path[visit].outcome = outcome }
                if stay.describes("status") { stay.give("status", .text(name)) }
                guard let next = target(of: outcome, node) else { return end() }
                guard let entered = enter(next) else { return }
                progress = entered
            case .await(let wait):
                stay.run.wait = wait
                stay.run.status = .running
                if wait.signals.contains(.callback) { return answer(stay.document) }
                // Nothing of the call is awaited: it ends here.
                stay.run.call.isOver = true
                return answer(closed)
            case .request(let request):
                guard !pauses() else { return }
                guard let result = ask(request) else { return }
                let key = key(node)
                guard let next = flow.nodes[node].behavior.resume(.requestEnded(key, result), &stay) else { return }
                progress = next
            case .order(let drafts, let then):
                let keys = drafts.indices.map { key(node, ordinal: $0) }
                for (draft, key) in zip(drafts, keys) { deliver(draft, key) }
                switch then {
                case .outcome(let name):
                    stay.run.outstanding += keys
                    progress = .outcome(name)
                case .wait:
                    awaitDeliveries(keys, at: node)
                    stay.run.call.isOver = true
                    return answer(closed)
                }
            }
        }
    }

    /// Where an outcome leads; nil where the run ends.
    private mutating func target(of outcome: Int, _ node: Int) -> Int? {
        guard flow.isImpliedHangup(outcome, of: node) else { return flow.nodes[node].transitions[outcome].node }
        guard !stay.run.tookCallHangup, let target = flow.callHangup?.target else { return nil }
        stay.run.tookCallHangup = true
        return target
    }

    private mutating func arrive(at node: Int) {
        stay.run.path.append(Run.Step(node: node, at: at, turn: stay.run.turn))
        stay.move(to: node, visit: stay.run.path.count - 1)
    }

    private mutating func enter(_ node: Int) -> Progress? {
        steps += 1
        guard steps <= RunLimits.stepsPerWebhook else {
            fail(Note(.stepsPerWebhook, node: node, "\(RunLimits.stepsPerWebhook)"))
            return nil
        }
        guard stay.run.path.count < RunLimits.stepsPerRun else {
            fail(Note(.stepsPerRun, node: node, "\(RunLimits.stepsPerRun)"))
            return nil
        }
        arrive(at: node)
        let spoken = stay.document.count
        var progress = flow.nodes[node].behavior.enter(&stay)
        if let choose, flow.nodes[node].description.traits.contains(.decides), case .outcome(let own) = progress {
            progress = .outcome(choose(flow.nodes[node], own))
        }
        if stay.document.count > spoken, case .outcome = progress {
            pause = Pause(
                run: stay.run,
                document: stay.document,
                node: node,
                orders: orders.count,
                redirect: stay.link(Callback.action)
            )
        }
        return progress
    }

    /// Ends the document in front of a request that would keep the caller from hearing it.
    ///
    /// The run goes back to where it was behind the last node that spoke; that node is awaited until Plivo comes to the
    /// `<Redirect>`, and what followed it runs then.
    private mutating func pauses() -> Bool {
        guard let pause, !stay.run.call.isOver else { return false }
        stay.run = pause.run
        stay.document = pause.document + [.redirect(pause.redirect)]
        orders.removeLast(orders.count - pause.orders)
        stay.run.wait = Wait(node: pause.node, for: .callback, until: at + RunLimits.spokenSeconds)
        stay.run.status = .running
        answer(stay.document)
        return true
    }

    /// Waits for a request on the call path.
    ///
    /// - Returns: its failure, where the webhook has no time left for it.
    private mutating func ask(_ request: OutboundRequest) -> RequestResult? {
        var request = request
        let spent = at.milliseconds - webhookAt.milliseconds
        let left = Int((Int64(RunLimits.callPathSeconds) * 1_000 - spent) / 1_000)
        guard left > 0 else {
            stay.run.note(Note(.noTimeLeft, node: stay.node, "\(RunLimits.callPathSeconds)"))
            return RequestResult(error: "no time left on the call path")
        }
        request.timeout = min(request.timeout, left)
        let until = at + request.timeout + 1
        var wait = Wait(node: stay.node, for: .request, until: until + RunLimits.watchdogSeconds)
        wait.request = PendingRequest(
            key: key(stay.node),
            request: request,
            webhookAt: webhookAt,
            until: until,
            steps: steps
        )
        stay.run.wait = wait
        return nil
    }

    private mutating func deliver(_ draft: OrderDraft, _ key: EffectKey) {
        stay.run.ordered += 1
        orders.append(Order(key: key, request: draft.request, attempts: draft.attempts))
    }

    private mutating func awaitDeliveries(_ deliveries: [EffectKey], at node: Int) {
        var wait = Wait(node: node, for: .deliveries)
        wait.deliveries = deliveries
        stay.run.wait = wait
        stay.run.status = .delivering
    }

    private func key(_ node: Int, ordinal: Int = 0) -> EffectKey {
        EffectKey(
            run: stay.run.id,
            flow: stay.run.flow,
            version: stay.run.version,
            node: node,
            visit: stay.run.visits(of: node) - 1,
            ordinal: ordinal
        )
    }

    // MARK: Ends

    /// How a document ends that nothing follows.
    private var farewell: [Verb] { stay.run.id.kind == .message ? .nothing : .farewell }

    /// The document of this turn, where nothing follows it.
    private var closed: [Verb] {
        stay.isClosed || stay.document.last?.closesDocument == true ? stay.document : stay.document + farewell
    }

    /// Answers the webhook of this turn: the one that came, or the action that comes too late.
    private mutating func answer(_ document: [Verb]) {
        guard isAnswered else { return }
        self.document = document
        stay.run.turn += 1
    }

    private mutating func end() {
        stay.run.wait = nil
        stay.run.call.isOver = true
        closeIfDone()
        answer(closed)
    }

    /// Ends the run with the flow's `on_error`.
    private mutating func fail(_ reason: Note) {
        stay.run.note(reason)
        stay.run.wait = nil
        let couldHear = !stay.run.call.isOver
        stay.run.call.isOver = true
        stay.run.status = .failed
        stay.run.endedAt = at
        answer(couldHear ? .apology(flow.apology) : closed)
    }

    private mutating func closeIfDone() {
        guard stay.run.status != .failed, stay.run.wait == nil, stay.run.call.isOver else { return }
        guard stay.run.outstanding.isEmpty else {
            stay.run.status = .delivering
            return
        }
        stay.run.status = .finished
        stay.run.endedAt = at
    }
}
