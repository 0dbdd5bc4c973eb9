import FlowCore
import FlowDocument
import Testing

/// Nodes that speak to the caller and ask something.
@Suite("Speaking and asking")
struct CallerNodeTests {
    private static func menu(_ more: String = "", start: String = "Menu", language: String = "") throws -> Interpreter {
        try Interpreter(
            flow(
                """
                \(language)
                nodes:
                  Start: {type: start, transitions: {incoming_call: \(start), call_hangup: Abandoned}}
                  Menu:
                    type: ivr_menu
                    speak: Sales or support, <<Start.call.headers.Account>>?
                    attempts: 2
                    \(more)
                    transitions: {1: Told, 22: Told, no_input: Bye, wrong_input: Bye}
                  Told: {type: play_audio, speak: "You chose <<Menu.choice>>.", transitions: Out}
                  Bye: {type: play_audio, speak: Goodbye., transitions: Out}
                  Out: {type: hangup, transitions: Report}
                  Report:
                    type: http_request
                    url: http://127.0.0.1:5000/report
                    body: {choice: "<<Menu.choice | default: \\"none\\">>", outcome: <<Menu.status>>}
                    transitions: end
                  Abandoned:
                    type: http_request
                    url: http://127.0.0.1:5000/abandoned
                    body: {caller: <<Start.call.from>>}
                    transitions: end
                """
            )
        )
    }

    private func outcomes(_ run: Run, _ interpreter: Interpreter) -> [String] {
        run.path.compactMap { step in
            step.outcome.map {
                "\(interpreter.flow.nodes[step.node].name)=\(interpreter.flow.nodes[step.node].outcomes[$0].name)"
            }
        }
    }

    private func begun(_ interpreter: Interpreter) throws -> Turn { try interpreter.start(callID(), caller, at: noon) }

    @Test func `a menu takes as many keys as its longest choice, and nothing goes to the way behind it`() throws {
        let turn = try begun(Self.menu())
        guard case .getDigits(let digits)? = turn.document?.first else {
            Issue.record("no GetDigits: \(String(describing: turn.document))")
            return
        }
        #expect(digits.numDigits == 2)
        #expect(digits.finishOnKey == "none")
        #expect(
            digits.prompts == [.speak(Speak("Sales or support, gold?", voice: "WOMAN", language: "en-US", loop: 1))]
        )
        let step = try step(1)
        let address = StepAddress(
            run: step.run,
            flow: step.flow,
            version: try Self.menu().flow.version,
            node: 1,
            turn: 1
        )
        #expect(digits.action == .own(CallbackAddress(address, "result", .byCall)))
        #expect(turn.document?.count == 2)
    }

    @Test(arguments: [
        ("1", "1"), ("22", "22"), (" 22 ", "22"), ("1\u{0}", "1"), ("11", "wrong_input"), ("2", "wrong_input"),
        ("٢٢", "wrong_input"), ("<Dial>", "wrong_input"),
    ])
    func `keys choose, and what is no choice is wrong at the last attempt`(_ keys: String, _ outcome: String) throws {
        let interpreter = try Self.menu()
        var turn = try begun(interpreter)
        for number in [1, 2] where turn.run.status == .running {
            turn = try #require(interpreter.handle(event("result", number, [("Digits", keys)]), turn.run, at: noon + 5))
        }
        #expect(outcomes(turn.run, interpreter).contains("Menu=\(outcome)"))
        let choice = outcome == "wrong_input" ? "none" : outcome
        #expect(turn.bodies == ["choice=\(choice)&outcome=\(outcome)"])
        #expect(turn.document?.last == .hangup(reason: nil))
    }

    @Test func `silence is asked again, and is no input at the last attempt`() throws {
        let interpreter = try Self.menu("retry_speak: Sorry?")
        let first = try begun(interpreter)
        let second = try #require(interpreter.handle(event("none", 1), first.run, at: noon + 9))
        guard case .getDigits(let digits)? = second.document?.first else {
            Issue.record("no GetDigits: \(String(describing: second.document))")
            return
        }
        #expect(digits.prompts.first == .speak(Speak("Sorry?", voice: "WOMAN", language: "en-US", loop: 1)))
        let last = try #require(interpreter.handle(event("none", 2), second.run, at: noon + 18))
        #expect(
            outcomes(last.run, interpreter) == [
                "Start=incoming_call", "Menu=no_input", "Bye=completed", "Out=completed",
            ]
        )
    }

    @Test(arguments: [
        ("I'd like to BUY something, please!", "1"), ("support", "22"), ("sales or support", "wrong_input"),
        ("wholesale", "wrong_input"), ("", "no_input"),
    ])
    func `words choose, where exactly one choice has them`(_ speech: String, _ outcome: String) throws {
        let interpreter = try Self.menu(
            "words: {1: [sales, buy something], 22: [support]}",
            language: "language: en-GB"
        )
        var turn = try begun(interpreter)
        guard case .getInput(let input)? = turn.document?.first else {
            Issue.record("no GetInput: \(String(describing: turn.document))")
            return
        }
        #expect(input.inputType == "dtmf speech")
        #expect(input.hints == "sales,buy something,support")
        #expect(input.language == "en-GB")
        for number in [1, 2] where turn.run.status == .running {
            turn = try #require(
                interpreter.handle(event("result", number, [("Speech", speech)]), turn.run, at: noon + 5)
            )
        }
        #expect(outcomes(turn.run, interpreter).contains("Menu=\(outcome)"))
    }

    @Test func `a hangup in the menu takes the way of call_hangup, once, and nobody is spoken to`() throws {
        let interpreter = try Self.menu()
        let first = try begun(interpreter)
        let hangup = Event.hungUp(Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 3))
        let turn = try #require(interpreter.handle(hangup, first.run, at: noon + 3))
        #expect(outcomes(turn.run, interpreter) == ["Start=incoming_call", "Menu=hangup"])
        #expect(turn.bodies == ["caller=%2B14155551234"])
        #expect(turn.run.path.map { interpreter.flow.nodes[$0.node].name } == ["Start", "Menu", "Abandoned"])
        #expect(interpreter.handle(hangup, turn.run, at: noon + 4)?.orders.isEmpty != false)
    }

    @Test func `the way of call_hangup ends at a node that would speak`() throws {
        let interpreter = try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Menu, call_hangup: Again}}
                  Menu: {type: ivr_menu, speak: Press 1., transitions: {1: end, no_input: end, wrong_input: end}}
                  Again: {type: play_audio, speak: Are you there?, transitions: Menu}
                """
            )
        )
        let first = try begun(interpreter)
        let hangup = Event.hungUp(Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 3))
        let turn = try #require(interpreter.handle(hangup, first.run, at: noon + 3))
        #expect(outcomes(turn.run, interpreter) == ["Start=incoming_call", "Menu=hangup", "Again=hangup"])
        #expect(turn.run.hasEnded)
    }

    @Test func `a counter reaches its number once, and stays there`() throws {
        let interpreter = try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Menu}}
                  Menu: {type: ivr_menu, speak: Press 1., transitions: {1: Count, no_input: end, wrong_input: end}}
                  Count: {type: counter, max: 2, transitions: {not_reached: Menu, reached: Menu}}
                """
            )
        )
        var turn = try begun(interpreter)
        for number in 1...3 {
            turn = try #require(
                interpreter.handle(event("result", number, [("Digits", "1")]), turn.run, at: noon + number)
            )
        }
        #expect(
            outcomes(turn.run, interpreter).filter { $0.hasPrefix("Count") } == [
                "Count=not_reached", "Count=reached", "Count=reached",
            ]
        )
    }

    @Test(arguments: [
        ("", "empty-prompt"), (String(repeating: "a", count: 12_000), "long-prompt"),
    ])
    func `a text that cannot be spoken as it is leaves a note`(_ name: String, _ note: String) throws {
        let interpreter = try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Say}}
                  Say: {type: play_audio, speak: "<<Start.call.headers.Name>>", transitions: end}
                """
            )
        )
        var parameters = caller
        parameters.append("X-PH-Name", name)
        let turn = try interpreter.start(callID(), parameters, at: noon)
        #expect(turn.notes.contains(note))
        let spoken = (turn.document ?? []).compactMap { verb -> Int? in
            if case .speak(let speak) = verb { return speak.text.count }
            return nil
        }
        #expect(spoken.allSatisfy { $0 <= 10_000 })
    }

    @Test(arguments: [
        ("https://example.com/a.mp3", true), ("https://example.com/A.WAV?x=1", true),
        ("http://example.com/a.mp3", false),
        ("https://example.com/a.ogg", false), ("https://a.mp3", false), ("file:///etc/passwd", false),
        ("https://example.com/a b.mp3", false),
    ])
    func `only https URLs of mp3 and wav files are played`(_ url: String, _ isPlayed: Bool) throws {
        let interpreter = try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Say}}
                  Say: {type: play_audio, play: <<Start.call.headers.Sound>>, transitions: end}
                """
            )
        )
        var parameters = caller
        parameters.append("X-PH-Sound", url)
        let turn = try interpreter.start(callID(), parameters, at: noon)
        #expect(turn.document?.contains(.play(Play(url: url, loop: 1))) == isPlayed)
        #expect(turn.notes.contains("no-sound") == !isPlayed)
    }

    @Test func `a redirect hands the call over, and what follows runs without it`() throws {
        let interpreter = try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Away}}
                  Away: {type: redirect, url: "https://legacy.test/answer?from=<<Start.call.from>>", transitions: Say}
                  Say: {type: play_audio, speak: Nobody hears this., transitions: {completed: end, hangup: Report}}
                  Report: {type: http_request, url: "http://127.0.0.1:5000/report", transitions: end}
                """
            )
        )
        let turn = try begun(interpreter)
        #expect(turn.document == [.redirect(.url("https://legacy.test/answer?from=%2B14155551234"), method: "POST")])
        #expect(outcomes(turn.run, interpreter) == ["Start=incoming_call", "Away=completed", "Say=hangup"])
        #expect(turn.orders.count == 1)
    }

    @Test(arguments: [
        ("{type: redirect, url: \"https://legacy.test/\", transitions: end}", true),
        ("{type: play_audio, speak: Goodbye., transitions: end}", true),
        ("{type: hangup, transitions: Say}", false),
    ])
    func `a request is on the call path where what follows needs the call, until it ends`(
        _ next: String,
        _ isOnCallPath: Bool
    ) throws {
        let flow = try flow(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Look}}
              Look: {type: http_request, url: "http://127.0.0.1:5000/", transitions: {success: Next, failed: Next}}
              Next: \(next)
              Say: {type: play_audio, speak: Nobody hears this., transitions: end}
            """
        )
        #expect(flow.nodes[1].isOnCallPath == isOnCallPath)
    }

    @Test(arguments: [
        ("Nobody", "Next", false), ("Next", "Next", true), ("Ready", "Next", true), ("Gone", "Next", true),
        ("Nobody", "Say", true),
    ])
    func `a result counts where outcomes differ, or where a node behind reads it, by events and hangups too`(
        _ reader: String,
        _ failed: String,
        _ resultCounts: Bool
    ) throws {
        func text(_ node: String) -> String { node == reader ? "<<Look.status_code>>" : "x" }
        let flow = try flow(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Look, call_hangup: Gone}}
              Look: {type: http_request, url: "http://127.0.0.1:5000/", transitions: {success: Next, failed: \(failed)}}
              Next:
                type: call_forward
                to: +12025551234
                caller_name: \(text("Next"))
                events: {recording: Ready}
                transitions: Say
              Say: {type: play_audio, speak: Goodbye., transitions: end}
              Ready: {type: http_request, url: "http://127.0.0.1:5000/", body: {a: \(text("Ready"))}, transitions: end}
              Gone: {type: http_request, url: "http://127.0.0.1:5000/", body: {a: \(text("Gone"))}, transitions: end}
            """
        )
        #expect(flow.nodes[1].isOnCallPath)
        #expect(flow.nodes[1].resultCounts == resultCounts)
    }

    @Test(arguments: [
        ("Say: {type: play_audio, transitions: end}", "says nothing"),
        (
            "Say: {type: play_audio, speak: Hello., play: https://example.com/a.mp3, transitions: end}",
            "expected one of them"
        ),
        ("Say: {type: ivr_menu, speak: Hello., transitions: {no_input: end, wrong_input: end}}", "has no choice"),
        (
            "Say: {type: ivr_menu, speak: Hello., words: {2: [two]}, transitions: {1: end, no_input: end, wrong_input: end}}",
            "is not a choice of"
        ),
        ("Say: {type: counter, max: 0, transitions: end}", "0"),
        ("Say: {type: redirect, transitions: end}", "url"),
        ("Say: {type: hangup, reason: nonsense, transitions: end}", "nonsense"),
    ])
    func `what a node lacks is said`(_ node: String, _ words: String) {
        let found = findings("nodes:\n  Start: {type: start, transitions: {incoming_call: Say}}\n  \(node)\n")
        #expect(found.contains { $0.severity == .error && $0.message.contains(words) }, "\(found.map(\.message))")
    }
}
