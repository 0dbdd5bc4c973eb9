package import FlowCore

/// Walks every sequence of outcomes of a flow, without a host: the interpreter alone, with all answers there can be.
///
/// Bounded: a state that was come to before is not walked again, but what leads back to it is repeated until the run
/// ends or a limit stops it.
package struct ExhaustiveWalk {
    /// What was found out.
    package struct Result: Sendable {
        package var coverage: Coverage
        /// Ways that were walked to their end.
        package var ways = 0
        /// Ways that leave the caller in silence, and why.
        package var silent: [Way] = []
        /// Ways that run into a limit.
        package var endless: [Way] = []
        /// Whether there were more ways than are walked.
        package var isCut = false

        package var isClean: Bool { coverage.missing.isEmpty && silent.isEmpty && endless.isEmpty }
    }

    package struct Way: Hashable, Sendable {
        package var path: String
        package var reason: String
    }

    private let flow: Flow
    private let interpreter: Interpreter
    private let input: PlausibleInput
    private var result: Result
    private var seen: Set<State> = []
    /// Side runs that have begun and were not walked yet.
    private var begun: [Traveller] = []
    /// Node and event of each: once is enough, for a side run waits for nobody who could answer otherwise.
    private var eventsTold: Set<[Int]> = []

    /// Ways that are walked at most.
    static let wayLimit = 20_000
    /// Seconds of waiting for app servers after which a caller wonders.
    static let patienceSeconds = 10

    package init(_ flow: Flow) {
        self.flow = flow
        interpreter = Interpreter(flow)
        input = PlausibleInput(flow)
        result = Result(coverage: Coverage(flow))
    }

    package func run() -> Result {
        var walk = self
        for kind in [RunID.Kind.call, .message] where interpreter.takes(kind) { walk.begin(kind) }
        return walk.result
    }

    /// Where a run waits: from two equal states the same ways lead on.
    private struct State: Hashable {
        var node: Int
        /// What the node remembers.
        var memory: Datum
        /// What the flow's variables hold.
        var variables: [Datum]
        var isRequest: Bool
        var callEnded: Bool
        var heard: Bool
        var silence: Int
    }

    /// A run under way, and what the caller has heard of it.
    private struct Traveller {
        var run: Run
        /// Whether anybody was rung, or something was spoken.
        var heard = false
        /// Seconds that the caller may have waited since the last answer.
        var silence = 0
        var choices: [Decided] = []
        var states: [State] = []
    }

    private enum Choice: Hashable {
        /// A step of the awaited node, and its word.
        case play(Int, String)
        case request(Int)
        /// The caller hangs up.
        case hangup
        /// The time that the run waits for has come, or nothing was heard until then.
        case time
    }

    /// Something that happens, and the outcomes of the nodes that decide by values or by the time behind it.
    private struct Decided: Hashable {
        var choice: Choice
        var outcomes: [String] = []
    }

    /// Ways behind one choice that are walked at most.
    private static let decisionLimit = 64

    private mutating func begin(_ kind: RunID.Kind) {
        guard let call = RunID(kind, "exhaustive") else { return }
        let beginning = Beginning(call, input.parameters)
        var open: [Traveller] = []
        for (turn, _) in turns(.began(beginning), nil, at: StageClock.opening) {
            if let traveller = after(turn, Traveller(run: turn.run)) { open.append(traveller) }
        }
        while let next = open.popLast() ?? begun.popLast() {
            guard result.ways < Self.wayLimit else {
                result.isCut = true
                return
            }
            for choice in choices(next.run).reversed() {
                guard let (event, at) = event(choice, next.run) else { continue }
                for (turn, outcomes) in turns(event, next.run, at: at) {
                    var traveller = next
                    traveller.choices.append(Decided(choice: choice, outcomes: outcomes))
                    guard let further = after(turn, traveller) else { continue }
                    let state = further.states[further.states.count - 1]
                    if let first = further.states.dropLast().lastIndex(of: state) {
                        circle(further, back: first)
                    } else if seen.insert(state).inserted {
                        open.append(further)
                    } else {
                        result.ways += 1
                    }
                }
            }
        }
    }

    /// All that can come of an event: nodes that decide by values or by the time go every way.
    private mutating func turns(
        _ event: Event,
        _ run: Run?,
        at: Timestamp
    ) -> [(turn: Turn, outcomes: [String])] {
        var found: [(turn: Turn, outcomes: [String])] = []
        var open: [[String]] = [[]]
        while let outcomes = open.popLast() {
            guard found.count < Self.decisionLimit else {
                result.isCut = true
                break
            }
            let decisions = Decisions(outcomes)
            let interpreter = Interpreter(flow) { node, _ in decisions.next(of: node) }
            guard let turn = interpreter.handle(event, run, at: at) else { continue }
            let made = decisions.made
            found.append((turn, made.map(\.outcome)))
            for index in made.indices.dropFirst(outcomes.count) {
                let before = made[..<index].map(\.outcome)
                open += made[index].others.map { before + [$0] }
            }
        }
        return found
    }

    private func choices(_ run: Run) -> [Choice] {
        guard let wait = run.wait else { return [] }
        guard !wait.signals.isEmpty else { return [.time] }
        guard wait.signals.contains(.callback) else { return [.request(200), .request(500)] }
        let node = flow.nodes[wait.node]
        let plays = node.plays.enumerated().flatMap { index, step in
            step.movesTurn ? step.words.filter { !$0.isVariant }.map { Choice.play(index, $0.name) } : []
        }
        // How a dial ends whose caller hangs up is what Plivo says of it afterwards: that is a play.
        guard !node.description.dials else { return plays }
        return plays + [run.call.hangup == nil ? .hangup : .time]
    }

    private func event(_ choice: Choice, _ run: Run) -> (Event, Timestamp)? {
        guard let wait = run.wait else { return nil }
        switch choice {
        case .play(let index, let word):
            guard wait.signals.contains(.callback) else { return nil }
            let step = flow.nodes[wait.node].plays[index]
            let said = step.parameters(PlayedWord(word, aLeg: run.id.text, bLeg: "b-leg", target: ""))
            let name = step.address == .redirect ? Callback.none : Callback.action
            let callback = Callback(name, turn: run.turn, Parameters(said))
            let address = StepAddress(
                run: run.id,
                flow: run.flow,
                version: run.version,
                node: wait.node,
                turn: run.turn
            )
            return (.callback(callback, address), StageClock.opening)
        case .hangup:
            let hangup = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 1)
            return (.hungUp(hangup), StageClock.opening)
        case .time: return wait.until.map { (.timeIsUp, $0) }
        case .request(let status):
            guard let key = wait.request?.key ?? wait.deliveries.first else { return nil }
            let result = result(status, of: key.node)
            return (.requestEnded(key, result), StageClock.opening)
        }
    }

    private func result(_ status: Int, of node: Int) -> RequestResult {
        guard status == 200 else { return RequestResult(statusCode: status) }
        return RequestResult(statusCode: status, contentType: "application/json", body: input.body(for: node))
    }

    /// Notes what a turn did; nil where the run is over.
    private mutating func after(_ turn: Turn, _ before: Traveller) -> Traveller? {
        var traveller = before
        traveller.run = turn.run
        result.coverage.add(turn.run)
        beginSideRuns(of: turn.run)
        let isOver = before.run.call.isOver && !before.choices.isEmpty
        if let document = turn.document {
            if document.contains(where: \.isHeard) {
                traveller.heard = true
                traveller.silence = 0
            } else if !traveller.heard, turn.run.id.kind == .call, !isOver {
                silent(turn.run, "the call is ended, and nobody was rung")
                traveller.heard = true
            }
        }
        if let pending = turn.run.wait?.request {
            traveller.silence = min(traveller.silence + pending.request.timeout, RunLimits.callPathSeconds)
            if traveller.silence > Self.patienceSeconds {
                let node = flow.nodes[pending.key.node].name
                silent(
                    turn.run,
                    "up to \(traveller.silence) s in which app servers are asked, at \"\(node)\"",
                    onceForReason: true
                )
            }
        }
        guard let state = state(traveller) else {
            result.ways += 1
            if turn.run.status == .failed { endless(turn.run) }
            return nil
        }
        traveller.states.append(state)
        return traveller
    }

    /// Begins a side run by each event that Plivo can report by now and did not yet.
    private mutating func beginSideRuns(of run: Run) {
        for step in run.path {
            let node = flow.nodes[step.node]
            guard node.events.contains(where: { $0.node != nil }) else { continue }
            for play in node.plays where !play.movesTurn {
                for word in play.words {
                    let said = play.parameters(PlayedWord(word.name, aLeg: run.id.text, bLeg: "b-leg", target: ""))
                    for callback in node.description.callbacks {
                        tell(Callback(callback.name, turn: step.turn + 1, Parameters(said)), run, at: step.node)
                    }
                }
            }
        }
    }

    private mutating func tell(_ callback: Callback, _ run: Run, at node: Int) {
        guard let event = flow.nodes[node].description.event(told: callback), !eventsTold.contains([node, event]),
            let side = interpreter.sideBeginning(of: callback, run, node: node), let id = RunID(.own, "exhaustive")
        else { return }
        eventsTold.insert([node, event])
        let address = StepAddress(run: run.id, flow: run.flow, version: run.version, node: node, turn: callback.turn)
        let heard = interpreter.handle(.callback(callback, address), run, at: StageClock.opening)?.run ?? run
        let turn = interpreter.begin(side, id: id, of: heard, at: StageClock.opening)
        var traveller = Traveller(run: turn.run)
        // Nobody listens.
        traveller.heard = true
        if let further = after(turn, traveller) { begun.append(further) }
    }

    private func state(_ traveller: Traveller) -> State? {
        guard let wait = traveller.run.wait else { return nil }
        return State(
            node: wait.node,
            memory: wait.state,
            variables: traveller.run.variables,
            isRequest: wait.request != nil,
            callEnded: traveller.run.call.isOver,
            heard: traveller.heard,
            silence: traveller.silence
        )
    }

    /// Goes round in a circle until the run ends or a limit stops it.
    private mutating func circle(_ traveller: Traveller, back first: Int) {
        let round = traveller.choices.suffix(traveller.states.count - 1 - first)
        var run = traveller.run
        result.ways += 1
        while true {
            for choice in round {
                let decisions = Decisions(choice.outcomes)
                let interpreter = Interpreter(flow) { node, _ in decisions.next(of: node) }
                guard let (event, at) = event(choice.choice, run), let turn = interpreter.handle(event, run, at: at)
                else { return }
                run = turn.run
                result.coverage.add(run)
                if run.status == .failed { return endless(run) }
                if run.hasEnded || run.wait == nil { return }
            }
        }
    }

    private mutating func silent(_ run: Run, _ reason: String, onceForReason: Bool = false) {
        let way = Way(path: PathText(run, in: flow).text, reason: reason)
        let isKnown = result.silent.contains { $0.reason == reason && (onceForReason || $0.path == way.path) }
        if !isKnown { result.silent.append(way) }
    }

    /// Once for each reason: the ways into one circle are many.
    private mutating func endless(_ run: Run) {
        let reason = run.notes.last?.text(in: flow) ?? "the run failed"
        guard !result.endless.contains(where: { $0.reason == reason }) else { return }
        var path = PathText(run, in: flow)
        guard path.steps.count > Self.shownSteps else {
            result.endless.append(Way(path: path.text, reason: reason))
            return
        }
        path = PathText(Array(path.steps.prefix(Self.shownSteps)))
        path.steps[Self.shownSteps - 1].outcome = nil
        result.endless.append(Way(path: path.text + " -> …", reason: reason))
    }

    private static let shownSteps = 6
}

extension ExhaustiveWalk.Result {
    /// For people.
    package func text(paint: Paint = Paint()) -> TerminalText {
        var lines: [TerminalText] = [
            "\(paint.bold("\(coverage.flow.name)")): \(ways) way\(ways == 1 ? "" : "s") walked"
        ]
        lines += coverage.missing.map { "  \(paint.yellow("never taken")): \($0.text)  \($0.place)" }
        for way in silent { lines += ["  \(paint.red("silence")): \(way.reason)", "    \(way.path)"] }
        for way in endless { lines += ["  \(paint.red("limit")): \(way.reason)", "    \(way.path)"] }
        if isCut { lines.append("  there are more ways than are walked") }
        if isClean {
            let edges = coverage.edges
            lines.append("  \(paint.green("clean")): all \(edges.total) edges are taken, no silence, no limit")
        }
        return lines.asLines
    }
}
