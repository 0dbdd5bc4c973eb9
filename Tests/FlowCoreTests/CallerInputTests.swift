import FlowCore
import FlowDocument
import Testing

/// get_input: what Plivo is told, and how what comes decides.
@Suite("Taking input")
struct CallerInputTests {
    private static func input(_ keys: String, flow head: String = "") throws -> Interpreter {
        try Interpreter(
            flow(
                """
                \(head)
                nodes:
                  Start: {type: start, transitions: {incoming_call: Ask}}
                  Ask:
                    type: get_input
                    speak: Your number, please.
                    transitions: {input: Report, no_input: Report, invalid_input: Report, hangup: Report}
                    \(keys.replacing("\n", with: "\n    "))
                  Report:
                    type: http_request
                    url: http://127.0.0.1:5000/report
                    body:
                      a: <<Ask.status>>
                      b: '<<Ask.input | default: "-">>'
                      c: '<<Ask.input_type | default: "-">>'
                    transitions: end
                """
            )
        )
    }

    /// The outcome, `input` and `input_type` that one answer after the other leads to, and the run's notes.
    private func answers(
        _ interpreter: Interpreter,
        _ all: [[(String, String)]?]
    ) throws -> (report: String, run: Run) {
        var turn = try interpreter.start(callID(), caller, at: noon)
        for (index, answer) in all.enumerated() {
            let name = answer == nil ? "none" : "result"
            let event = try event(name, index + 1, answer ?? [])
            turn = try #require(interpreter.handle(event, turn.run, at: noon + 5 * (index + 1)))
        }
        return (try #require(turn.bodies.first), turn.run)
    }

    // MARK: What Plivo is told

    @Test func `digits are asked for as PHLO does, and nothing is left to a default of Plivo's`() throws {
        let turn = try Self.input("").start(callID(), caller, at: noon)
        guard case .getDigits(let digits)? = turn.document?.first, case .redirect(let link, _)? = turn.document?.last
        else {
            Issue.record("no GetDigits: \(String(describing: turn.document))")
            return
        }
        let step = StepAddress(run: turn.run.id, flow: turn.run.flow, version: turn.run.version, node: 1, turn: 1)
        let prompt = Verb.speak(Speak("Your number, please.", voice: "WOMAN", language: "en-US", loop: 1))
        #expect(
            digits
                == GetDigits(
                    action: .own(CallbackAddress(step, "result", .byCall)),
                    timeout: 5,
                    digitTimeout: 5,
                    finishOnKey: "#",
                    numDigits: 99,
                    playBeep: false,
                    log: true,
                    prompts: [prompt]
                )
        )
        #expect(link == .own(CallbackAddress(step, "none", .byCall)))
        // 5 s for the first key, 5 s for each of 99, and a quarter of an hour.
        #expect(turn.run.wake == noon + 5 + 99 * 5 + 900)
    }

    @Test(arguments: [
        (
            "timeout: 60\nmax_digits: 4\nfinish_key: none\nbeep: true\nsensitive: true",
            "60 30 none 4 true false"
        ),
        ("timeout: 3\ndigit_timeout: 2\nfinish_key: '*'", "3 2 * 99 false true"),
    ])
    func `keys become attributes of GetDigits`(_ keys: String, _ attributes: String) throws {
        let turn = try Self.input(keys).start(callID(), caller, at: noon)
        guard case .getDigits(let digits)? = turn.document?.first else {
            Issue.record("no GetDigits: \(String(describing: turn.document))")
            return
        }
        #expect(
            "\(digits.timeout) \(digits.digitTimeout) \(digits.finishOnKey) \(digits.numDigits) \(digits.playBeep) \(digits.log)"
                == attributes
        )
    }

    @Test(arguments: [
        ("input: both\ntimeout: 8", "", "dtmf speech 8 auto auto # 32 default en-US  false true"),
        (
            """
            input: speech
            language: es-US
            digit_timeout: 4
            speech_end_timeout: 3
            speech_model: phone_call
            hints: [sí, "no, gracias"]
            profanity_filter: true
            sensitive: true
            """, "language: en-GB",
            "speech 5 4 3 # 32 phone_call es-US sí,no  gracias true false"
        ),
        (
            "input: both\nhints: yes, no\nmax_digits: 6", "language: en-GB",
            "dtmf speech 5 auto auto # 6 default en-GB yes,no false true"
        ),
    ])
    func `keys become attributes of GetInput`(_ keys: String, _ head: String, _ attributes: String) throws {
        let turn = try Self.input(keys, flow: head).start(callID(), caller, at: noon)
        guard case .getInput(let input)? = turn.document?.first else {
            Issue.record("no GetInput: \(String(describing: turn.document))")
            return
        }
        let found = [
            input.inputType, "\(input.executionTimeout)", input.digitEndTimeout, input.speechEndTimeout,
            input.finishOnKey, "\(input.numDigits)", input.speechModel, input.language, input.hints,
            "\(input.profanityFilter)", "\(input.log)",
        ]
        #expect(found.joined(separator: " ") == attributes)
    }

    @Test func `a menu listens in its own language`() throws {
        let interpreter = try Interpreter(
            flow(
                """
                language: en-GB
                nodes:
                  Start: {type: start, transitions: {incoming_call: Menu}}
                  Menu:
                    type: ivr_menu
                    language: fr-FR
                    speak: Oui ou non ?
                    words: {1: [oui], 2: [non]}
                    transitions: {1: end, 2: end, no_input: end, wrong_input: end}
                """
            )
        )
        guard case .getInput(let input)? = try interpreter.start(callID(), caller, at: noon).document?.first else {
            Issue.record("no GetInput")
            return
        }
        #expect(input.language == "fr-FR")
        #expect(input.prompts == [.speak(Speak("Oui ou non ?", voice: "WOMAN", language: "fr-FR", loop: 1))])
    }

    // MARK: What comes

    @Test(arguments: [
        ("", "12#", "a=input&b=12&c=digits"), ("", "1234", "a=input&b=1234&c=digits"),
        ("", "1\u{0}2\u{9B}", "a=input&b=12&c=digits"), ("", "", "a=no_input&b=-&c=-"),
        ("", "\u{7}", "a=no_input&b=-&c=-"), ("", "12a", "a=invalid_input&b=12a&c=digits"),
        ("", "１２", "a=invalid_input&b=%EF%BC%91%EF%BC%92&c=digits"),
        ("", "<Dial>", "a=invalid_input&b=%3CDial%3E&c=digits"), ("", "#", "a=input&b=%23&c=digits"),
        ("min_digits: 3", "12", "a=invalid_input&b=12&c=digits"),
        ("max_digits: 3", "1234", "a=invalid_input&b=1234&c=digits"),
        ("finish_key: none", "12#", "a=input&b=12%23&c=digits"),
        ("matches: '[1-9][0-9]{3}'", "0123", "a=invalid_input&b=0123&c=digits"),
        ("matches: '[1-9][0-9]{3}'", "1234", "a=input&b=1234&c=digits"),
        ("matches: '[1-9][0-9]{3}'", "12345", "a=invalid_input&b=12345&c=digits"),
        ("input: speech", "12", "a=invalid_input&b=12&c=digits"),
    ])
    func `digits decide`(_ keys: String, _ digits: String, _ report: String) throws {
        #expect(try answers(try Self.input(keys), [[("Digits", digits)]]).report == report)
    }

    @Test(arguments: [
        ("input: speech", "<Zoë> & co", "0.2", "a=input&b=%3CZo%C3%AB%3E+%26+co&c=speech"),
        ("input: speech\nmin_confidence: 0.5", "yes", "0.49", "a=invalid_input&b=yes&c=speech"),
        ("input: speech\nmin_confidence: 0.5", "yes", "0.5", "a=input&b=yes&c=speech"),
        ("input: speech\nmin_confidence: 0.5", "yes", "", "a=input&b=yes&c=speech"),
        ("input: speech\nmin_confidence: 0.5", "yes", "soon", "a=input&b=yes&c=speech"),
        ("input: speech\nmatches: (?i)yes|no", "YES", "", "a=input&b=YES&c=speech"),
        ("input: speech\nmatches: (?i)yes|no", "yes no", "", "a=invalid_input&b=yes+no&c=speech"),
        ("input: speech", "a\u{1}\r\nb", "", "a=input&b=ab&c=speech"),
        ("input: speech", " \t ", "", "a=no_input&b=-&c=-"),
        ("input: digits", "yes", "", "a=invalid_input&b=yes&c=speech"),
    ])
    func `speech decides`(_ keys: String, _ speech: String, _ confidence: String, _ report: String) throws {
        let answer = [("Speech", speech), ("SpeechConfidenceScore", confidence)]
        #expect(try answers(try Self.input(keys), [answer]).report == report)
    }

    @Test(arguments: [
        ([("Digits", "1"), ("Speech", "one"), ("InputType", "speech")], "b=one&c=speech"),
        ([("Digits", "1"), ("Speech", "one"), ("InputType", "dtmf")], "b=1&c=digits"),
        ([("Digits", "1"), ("Speech", "")], "b=1&c=digits"),
        ([("Digits", ""), ("Speech", "one")], "b=one&c=speech"),
    ])
    func `of digits and speech the one counts that Plivo names`(_ pairs: [(String, String)], _ report: String) throws {
        #expect(try answers(try Self.input("input: both"), [pairs]).report == "a=input&" + report)
    }

    @Test func `2,000 characters of a speech are kept, with a note`() throws {
        let long = String(repeating: "ñ", count: 2_001)
        let (report, run) = try answers(try Self.input("input: speech"), [[("Speech", long)]])
        #expect(report == "a=input&b=" + String(repeating: "%C3%B1", count: 2_000) + "&c=speech")
        #expect(run.notes.map(\.code) == ["long-speech"])
        let short = String(repeating: "ñ", count: 2_000)
        #expect(try answers(try Self.input("input: speech"), [[("Speech", short)]]).run.notes == [])
    }

    @Test func `a pattern that takes too many steps does not match, with a note`() throws {
        let said = String(repeating: "a", count: 1_500) + "!abc"
        let (report, run) = try answers(try Self.input("input: speech\nmatches: (a+)+b.*"), [[("Speech", said)]])
        #expect(report.hasPrefix("a=invalid_input&"))
        #expect(run.notes.map(\.code) == ["pattern-steps"])
    }

    @Test func `invalid input and none are asked again alike, and an earlier answer is no value of a later attempt`()
        throws
    {
        let interpreter = try Self.input("attempts: 3\nretry_speak: Again.\nmin_digits: 4")
        var turn = try interpreter.start(callID(), caller, at: noon)
        turn = try #require(interpreter.handle(event("result", 1, [("Digits", "1")]), turn.run, at: noon + 5))
        guard case .getDigits(let second)? = turn.document?.first else {
            Issue.record("no GetDigits: \(String(describing: turn.document))")
            return
        }
        #expect(second.prompts.first == .speak(Speak("Again.", voice: "WOMAN", language: "en-US", loop: 1)))
        turn = try #require(interpreter.handle(event("none", 2), turn.run, at: noon + 10))
        turn = try #require(interpreter.handle(event("none", 3), turn.run, at: noon + 15))
        #expect(turn.bodies == ["a=no_input&b=-&c=-"])
        #expect(interpreter.flow.nodes[1].description.value("attempts").map { turn.run.values[1][$0] } == .number("3"))
    }

    @Test func `the later of an action and the way behind it does nothing, in either order`() throws {
        let interpreter = try Self.input("attempts: 2")
        let first = try interpreter.start(callID(), caller, at: noon)
        let action = try event("result", 1, [("Digits", "12")])
        let none = try event("none", 1)
        let pressed = try #require(interpreter.handle(action, first.run, at: noon + 5))
        #expect(interpreter.handle(none, pressed.run, at: noon + 6) == nil)
        #expect(interpreter.handle(action, pressed.run, at: noon + 6) == nil)
        let silent = try #require(interpreter.handle(none, first.run, at: noon + 5))
        #expect(interpreter.handle(action, silent.run, at: noon + 6) == nil)
        #expect(silent.run.turn == 2)
    }

    @Test func `a hangup decides at once, and digits that come after it change nothing`() throws {
        let interpreter = try Self.input("")
        let first = try interpreter.start(callID(), caller, at: noon)
        let hangup = Event.hungUp(Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 3))
        let turn = try #require(interpreter.handle(hangup, first.run, at: noon + 3))
        #expect(turn.bodies == ["a=hangup&b=-&c=-"])
        #expect(try interpreter.handle(event("result", 1, [("Digits", "12")]), turn.run, at: noon + 4) == nil)
    }

    @Test func `a turn that the store does not know is rebuilt, and asks as if for the first time`() throws {
        let interpreter = try Self.input("attempts: 2\nmin_digits: 4")
        var parameters = caller
        parameters.append("Digits", "1")
        let event = Event.rebuilt(Callback("result", turn: 7, parameters), try step(7), hangup: nil)
        let turn = try #require(interpreter.handle(event, nil, at: noon))
        #expect(turn.notes == ["rebuilt"])
        #expect(turn.run.turn == 8)
        guard case .getDigits? = turn.document?.first else {
            Issue.record("no GetDigits: \(String(describing: turn.document))")
            return
        }
    }

    @Test func `a confidence that is no JSON number is no number`() throws {
        for (confidence, datum) in [("0.75", Datum.number("0.75")), ("nan", .missing), ("1,\"a\":1", .missing)] {
            let answer = [("Speech", "yes"), ("SpeechConfidenceScore", confidence), ("BilledAmount", "0.02")]
            let interpreter = try Self.input("input: speech")
            let run = try answers(interpreter, [answer]).run
            let description = interpreter.flow.nodes[1].description
            func value(_ name: String) -> Datum? { description.value(name).map { run.values[1][$0] } }
            #expect(value("confidence") == datum)
            #expect(value("SpeechConfidenceScore") == .text(confidence))
            #expect(value("BilledAmount") == .text("0.02"))
            #expect(value("InputType") == .text("speech"))
        }
    }

    // MARK: What is wrong with a node

    @Test(arguments: [
        ("max_digits: 100", "expected 1 to 99 digits in \"max_digits\", found 100"),
        ("input: both\nmax_digits: 33", "expected 1 to 32 digits in \"max_digits\", as the caller can speak, found 33"),
        ("max_digits: 3\nmin_digits: 4", "expected 1 to 3 digits in \"min_digits\", as \"max_digits\" is 3, found 4"),
        ("input: speech\ntimeout: 4", "expected 5 to 60 seconds in \"timeout\", as the caller can speak, found 4"),
        (
            "input: both\ndigit_timeout: 11",
            "expected 2 to 10 seconds in \"digit_timeout\", as the caller can speak, found 11"
        ),
        (
            "digit_timeout: auto",
            "expected 1 to 30 seconds, as the caller cannot speak, in \"digit_timeout\", found \"auto\""
        ),
        ("digit_timeout: soon", "expected auto, or 1 to 30 seconds in \"digit_timeout\", found \"soon\""),
        ("input: speech\nmin_confidence: 1.5", "expected a number from 0 to 1 in \"min_confidence\", found \"1.5\""),
        ("input: speech\nmin_confidence: nan", "expected a number from 0 to 1 in \"min_confidence\", found \"nan\""),
        ("matches: '(a'", "expected a pattern in \"matches\", found \"(a\": missing closing parenthesis"),
        (
            "matches: 'a(?=b)'",
            "expected a pattern in \"matches\", found \"a(?=b)\": a pattern cannot look around with \"(?=\""
        ),
        ("matches: ''", "\"matches\" of get_input \"Ask\" is empty"),
        ("matches: <<Start.call.from>>", "templates are not allowed in \"matches\""),
        ("finish_key: 11", "expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, *, #, none in \"finish_key\", found \"11\""),
        ("hints: [a]", "\"hints\" means nothing in get_input \"Ask\": \"input\" is digits, which takes no speech"),
        (
            "input: both\nbeep: true",
            "\"beep\" means nothing in get_input \"Ask\": \"input\" is both, and Plivo beeps for digits alone"
        ),
    ])
    func `what a node cannot do is said`(_ keys: String, _ message: String) {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: Ask}}
              Ask:
                type: get_input
                transitions: end
                \(keys.replacing("\n", with: "\n    "))
            """
        #expect(findings(text).filter { $0.severity == .error }.map(\.message) == [message])
    }

    @Test func `hints are 500 phrases of 100 characters`() {
        let many = (0...500).map { "a\($0)" }.joined(separator: ", ")
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: Ask}}
              Ask: {type: get_input, input: speech, transitions: end, hints: "\(many), \(String(repeating: "b", count: 101))"}
            """
        #expect(
            findings(text).map(\.message) == [
                "\"hints\" has 502 phrases, limit 500", "a phrase of \"hints\" has 101 characters, limit 100",
            ]
        )
    }

    @Test func `the place of a bad pattern is the very characters`() {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: Ask}}
              Ask: {type: get_input, transitions: end, matches: 'é(a)\\1'}
            """
        #expect(problems(text) == ["FD104 3:58"])
    }
}
