package import FlowCore
package import FlowHost
import FlowStore
import FoundationEssentials

/// Plays one call at a terminal: shows what the caller hears, and asks what happens next.
package struct TerminalCall: Sendable {
    package struct Options: Sendable {
        package var isVerbose: Bool
        package var from: String
        package var to: String
        /// The text of a message; nil plays a call.
        package var message: String?
        /// When the call comes in: where requests are sent, the times in them are read.
        package var opening: Timestamp

        package init(
            isVerbose: Bool = false,
            from: String = "",
            to: String = "",
            message: String? = nil,
            opening: Timestamp = StageClock.opening
        ) {
            self.isVerbose = isVerbose
            self.from = from
            self.to = to
            self.message = message
            self.opening = opening
        }
    }

    private let played: PlayedFlow
    private let input: PlayInput
    private let console: PlayConsole
    private let options: Options
    private let courier: (any Courier)?

    /// - Parameter courier: sends requests for real; nil asks what they are answered.
    package init(
        _ played: PlayedFlow,
        input: PlayInput,
        console: PlayConsole,
        options: Options = Options(),
        courier: (any Courier)? = nil
    ) {
        self.played = played
        self.input = input
        self.console = console
        self.options = options
        self.courier = courier
    }

    /// Plays until the input ends or nothing more can happen.
    ///
    /// - Returns: the call as a test case.
    package func run() async throws -> CallCase {
        let item = item
        let answerer: any Answerer = courier.map { LiveAnswerer($0) } ?? AskingAnswerer(input: input, console: console)
        let name = item.kind == .call ? "CallUUID" : "MessageUUID"
        guard let call = RunID(item.kind, item.parameters[name] ?? "") else { throw StageMistake("no call") }
        let stage = try Stage(
            played,
            call: call,
            parameters: item.parameters,
            answerer: answerer,
            // The clock of a play makes nobody wait: tried again, a request would come ten times at once.
            ladder: courier == nil ? .standardWebhooks : Ladder(steps: []),
            clock: StageClock(at: options.opening)
        )
        try await stage.open()
        var script = Script(item: item)
        try await script.play(stage, self)
        try await stage.finish()
        script.show(stage, self)
        if let mistake = input.mistake { throw StageMistake(mistake) }
        if let line = input.left { throw StageMistake("the call is over, and the script still says \"\(line)\"") }
        let run = try await stage.run()
        let deliveries = try await stage.deliveries()
        var result = PlayedCase(
            item: script.item,
            failures: [],
            moments: stage.history,
            run: run,
            deliveries: deliveries,
            effects: []
        )
        result.sideRuns = try await stage.sideRuns()
        show(result)
        return script.item.recorded(result, in: played.flow)
    }

    private var item: CallCase {
        let from = options.from.isEmpty ? CaseReader.defaultFrom : options.from
        let to = options.to.isEmpty ? played.flow.numbers.first?.number.text ?? CaseReader.defaultTo : options.to
        if let text = options.message {
            let pairs = [
                ("MessageUUID", id(CaseReader.messageUUID)), ("From", from), ("To", to), ("Type", "sms"),
                ("Text", text),
            ]
            return CallCase(name: "a played message", kind: .message, parameters: Parameters(pairs))
        }
        let pairs = [
            ("CallUUID", id(CaseReader.callUUID)), ("From", from), ("To", to), ("Direction", "inbound"),
            ("CallStatus", "ringing"), ("Event", "StartApp"),
        ]
        return CallCase(name: "a played call", parameters: Parameters(pairs))
    }

    /// The same in every play, but where requests are sent: an app server takes an id that it has seen for done.
    private func id(_ usual: String) -> String { courier == nil ? usual : UUID().uuidString.lowercased() }

    /// What has been played, as a case that grows.
    private struct Script {
        var item: CallCase
        private var shown = 0

        init(item: CallCase) {
            self.item = item
        }

        mutating func play(_ stage: Stage, _ call: TerminalCall) async throws {
            _ = try await stage.begin()
            item.steps.append(CaseStep(.expect(AnswerPattern(stage.lastAnswer))))
            var emptyLines = 0
            while true {
                try await stage.settle()
                show(stage, call)
                guard let choices = try await call.choices(stage) else { return }
                guard let line = call.input.next("what happens next? [\(choices.words.joined(separator: ", "))] ")
                else {
                    return
                }
                emptyLines = line.isEmpty ? emptyLines + 1 : 0
                if line == "end" || emptyLines == 2 { return }
                if line.isEmpty {
                    call.console.note("  \"?\" explains the words; another empty line ends the play\n")
                    continue
                }
                if line == "?" || line == "help" {
                    call.console.note(TerminalText(lines: choices.explanation))
                    continue
                }
                guard let action = choices.action(line) else {
                    if call.input.isScripted {
                        throw StageMistake(
                            "the script says \"\(line)\" where \(choices.words.joined(separator: ", ")) can stand"
                        )
                    }
                    call.console.note("  \"\(line)\" is none of them; \"?\" explains them, \"end\" ends the play\n")
                    continue
                }
                do {
                    try await act(action, stage)
                } catch let mistake as StageMistake where !call.input.isScripted {
                    call.console.note("  \(mistake)\n")
                }
            }
        }

        private mutating func act(_ action: CaseStep.Action, _ stage: Stage) async throws {
            switch action {
            case .incident(let incident):
                let node = try await stage.run()?.wait?.node
                _ = try await stage.happen(incident)
                item.steps.append(CaseStep(.incident(try await stage.recorded(incident, at: node))))
                if PlayChoices.isAnswered(incident) {
                    item.steps.append(CaseStep(.expect(AnswerPattern(stage.lastAnswer))))
                }
            case .wait(let seconds):
                try await stage.wait(seconds: seconds)
                item.steps.append(CaseStep(action))
            case .again:
                _ = try await stage.again()
                item.steps.append(CaseStep(action))
            case .expect: break
            }
        }

        mutating func show(_ stage: Stage, _ call: TerminalCall) {
            let history = stage.history
            for moment in history[shown...] { call.show(moment) }
            shown = history.count
        }
    }

    /// What may happen now; nil where Plivo has nothing more to say that would count: what is left are deliveries.
    private func choices(_ stage: Stage) async throws -> PlayChoices? {
        guard let run = try await stage.run() else { return nil }
        let wait = run.wait.flatMap { $0.signals.contains(.callback) ? $0 : nil }
        let awaited = wait.map { played.flow.nodes[$0.node] }
        let left = played.flow.nodes.indices
            .filter { node in node != wait?.node && run.path.contains { $0.node == node } }
            .map { played.flow.nodes[$0] }
            .filter { node in node.events.contains { $0.node != nil } }
        guard awaited != nil || !left.isEmpty else { return nil }
        let isOver = try await stage.store.record(of: stage.call)?.hangup != nil
        return PlayChoices(awaited, left: left, isOver: isOver)
    }

    // MARK: Showing

    private func show(_ moment: Moment) {
        guard case .answer(let bytes) = moment.kind, !options.isVerbose else {
            return console.write(TerminalText(lines: transcript.lines(moment).joined(separator: "\n") + "\n"))
        }
        let time = Transcript.clock(moment.at.seconds(since: options.opening))
        console.write("\(time)  answer   \(console.paint.bold("\(Hearing.text(bytes))"))\n")
    }

    private var transcript: Transcript { Transcript(played.flow, opening: options.opening) }

    private func show(_ result: PlayedCase) {
        console.write(
            "\npath     \(result.run == nil ? "no run" : result.path(in: played.flow))\noutcome  \(result.outcome)\n"
        )
        guard let run = result.run else { return }
        for note in run.notes { console.write("note     \(note.text(in: played.flow))\n") }
        for (name, text) in Transcript.values(run, in: played.flow) { console.write("value    \(name) = \(text)\n") }
        for path in result.sidePaths(in: played.flow) { console.write("side run \(path)\n") }
    }
}
