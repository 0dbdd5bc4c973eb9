import FlowCore
import FlowDocument
import Testing

/// Nodes that nobody hears: variables, branches, and the passing of time.
@Suite("Quiet nodes")
struct QuietNodeTests {
    private static func interpreter(_ head: String = "", _ nodes: String) throws -> Interpreter {
        try Interpreter(flow("\(head)\nnodes:\n\(nodes)"))
    }

    private func outcomes(_ run: Run, _ interpreter: Interpreter) -> [String] {
        run.path.compactMap { step in
            step.outcome.map {
                "\(interpreter.flow.nodes[step.node].name)=\(interpreter.flow.nodes[step.node].outcomes[$0].name)"
            }
        }
    }

    private static let report = """
          Report:
            type: http_request
            url: http://127.0.0.1:5000/report
        """

    // MARK: Variables

    @Test func `a variable holds its first value until a node sets it, all at once`() throws {
        let interpreter = try Self.interpreter(
            "vars: {a: one, b: \"\", c: '\\<<x'}",
            """
              Start: {type: start, transitions: {incoming_call: Swap}}
              Swap: {type: set, vars: {a: <<vars.b>>, b: "<<vars.a>> of <<Start.call.from>>"}, transitions: Report}
            \(Self.report)
                body: {a: <<vars.a>>, b: <<vars.b>>, c: <<vars.c>>}
            """
        )
        let turn = try interpreter.start(callID(), caller, at: noon)
        #expect(turn.bodies == ["a=&b=one+of+%2B14155551234&c=%3C%3Cx"])
        #expect(turn.run.variables == [.text(""), .text("one of +14155551234"), .text("<<x")])
        #expect(outcomes(turn.run, interpreter).contains("Swap=completed"))
        #expect(turn.notes == [])
    }

    @Test func `a text of more than 10000 characters is cut, with a note`() throws {
        let interpreter = try Self.interpreter(
            "vars: {a: \"\"}",
            """
              Start: {type: start, transitions: {incoming_call: Set}}
              Set: {type: set, vars: {a: <<Start.call.headers.Long>>}, transitions: end}
            """
        )
        var parameters = caller
        parameters.append("X-PH-Long", String(repeating: "é", count: 10_001))
        let turn = try interpreter.start(callID(), parameters, at: noon)
        #expect(turn.run.variables == [.text(String(repeating: "é", count: 10_000))])
        #expect(turn.notes == ["cut-variable"])
    }

    @Test(arguments: [
        ("vars: {a: x}", "{type: set, vars: {b: x}, transitions: end}", "FD101", "\"b\""),
        ("vars: {greeting: x}", "{type: set, vars: {greting: x}, transitions: end}", "FD101", "\"greting\""),
        ("vars: {a: x}", "{type: set, vars: {}, transitions: end}", "FD102", "names no variable"),
        ("vars: {a: x}", "{type: play_audio, speak: <<vars.b>>, transitions: end}", "FD301", "\"b\""),
        ("vars: {a: x}", "{type: play_audio, speak: <<vars.a.b>>, transitions: end}", "FD301", "no parts"),
        ("", "{type: play_audio, speak: <<vars.a>>, transitions: end}", "FD301", "\"a\""),
        ("vars: {a: x}", "{type: play_audio, speak: <<vars>>, transitions: end}", "FD301", "<<vars.name>>"),
        ("vars: {a-b: x}", "{type: hangup, transitions: end}", "FD702", "a-b"),
        ("vars: {a: [x]}", "{type: hangup, transitions: end}", "FD104", "vars.a"),
        ("vars: [a]", "{type: hangup, transitions: end}", "FD104", "names with texts"),
        ("vars: {a: <<Start.call.from>>}", "{type: hangup, transitions: end}", "FD309", "vars.a"),
    ])
    func `what is wrong with variables is said`(_ head: String, _ node: String, _ code: String, _ words: String) {
        let found = findings("\(head)\nnodes:\n  Start: {type: start, transitions: {incoming_call: A}}\n  A: \(node)\n")
        #expect(
            found.contains {
                $0.code.id == code && $0.message.contains(words)
                    || $0.code.id == code && $0.help.joined().contains(words)
            },
            "\(found.map { "\($0.code.id) \($0.message)" })"
        )
    }

    @Test func `no node can be called as the variables are`() {
        let found = problems(
            "nodes:\n  Start: {type: start, transitions: {incoming_call: vars}}\n  vars: {type: hangup}\n"
        )
        #expect(found.contains("FD702 3:3"))
    }

    @Test func `a rebuilt run begins with the first values`() throws {
        let interpreter = try Self.interpreter(
            "vars: {a: first}",
            """
              Start: {type: start, transitions: {incoming_call: Menu}}
              Menu: {type: ivr_menu, speak: Press 1., transitions: {1: Say, no_input: end, wrong_input: end}}
              Say: {type: play_audio, speak: <<vars.a>>, transitions: end}
            """
        )
        var parameters = caller
        parameters.append("Digits", "1")
        let event = Event.rebuilt(Callback("result", turn: 3, parameters), try step(3), hangup: nil)
        let turn = try #require(interpreter.handle(event, nil, at: noon))
        #expect(turn.document?.first == .speak(Speak("first", voice: "WOMAN", language: "en-US", loop: 1)))
        #expect(turn.run.notes.map { $0.text(in: interpreter.flow) }.joined().contains("begin anew"))
    }

    @Test func `what is sensitive stays so in variables and branches, and still decides`() throws {
        let interpreter = try Self.interpreter(
            "vars: {pin: \"\"}",
            """
              Start: {type: start, transitions: {incoming_call: Pin}}
              Pin:
                type: get_input
                speak: Enter your PIN.
                sensitive: true
                transitions: {input: Keep, no_input: end, invalid_input: end}
              Keep: {type: set, vars: {pin: "#<<Pin.input>>"}, transitions: Check}
              Check:
                type: branch
                value: <<vars.pin>>
                cases: {right: {equals: "#1234"}}
                transitions: {right: Report, no_match: end}
            \(Self.report)
                body: {pin: <<vars.pin>>, looked: <<Check.value>>}
            """
        )
        let first = try interpreter.start(callID(), caller, at: noon)
        let turn = try #require(interpreter.handle(event("result", 1, [("Digits", "1234")]), first.run, at: noon + 5))
        #expect(outcomes(turn.run, interpreter).last == "Check=right")
        #expect(turn.run.variable(0, of: interpreter.flow).rendered == Datum.mask)
        #expect(turn.run.values[3].map(\.rendered) == ["right", Datum.mask, "right"])
        #expect(turn.bodies.allSatisfy { !$0.contains("1234") })
        #expect(!"\(turn.run.notes)".contains("1234"))
    }

    @Test(arguments: [
        ("split_based_on", "branch"), ("set_variables", "set"), ("schedule", "business_hours"), ("delay", "wait"),
        ("Conditional Branch", "branch"), ("sleep", "wait"), ("set_attribute", "set"),
    ])
    func `a type of another tool leads to one of these`(_ word: String, _ type: String) {
        let found = findings("nodes:\n  Start: {type: start, transitions: {incoming_call: A}}\n  A: {type: \(word)}\n")
        #expect(found.flatMap(\.fixes).map(\.title).contains("did you mean \"\(type)\"?"))
    }

    // MARK: Branches

    private func branched(_ cases: String, _ value: String?, names: [String]) throws -> (outcome: String, run: Run) {
        let ways = (names + ["no_match"]).map { "\($0): end" }.joined(separator: ", ")
        let interpreter = try Self.interpreter(
            "",
            """
              Start: {type: start, transitions: {incoming_call: B}}
              B: {type: branch, value: <<Start.params.V>>, cases: {\(cases)}, transitions: {\(ways)}}
            """
        )
        var parameters = caller
        if let value { parameters.append("V", value) }
        let run = try interpreter.start(callID(), parameters, at: noon).run
        return (outcomes(run, interpreter).last ?? "", run)
    }

    @Test(arguments: [
        ("equals: a", "a", true), ("equals: a", "A", false), ("equals: a, ignore_case: true", "A", true),
        ("equals: \"\"", "", true), ("equals: é", "e\u{301}", false), ("not_equals: a", "b", true),
        ("not_equals: a", "a", false), ("one_of: [a, b]", "b", true), ("one_of: [a, b]", "ab", false),
        ("one_of: a", "a", true), ("contains: ll", "hello", true), ("contains: LL", "hello", false),
        ("contains: LL, ignore_case: true", "hello", true), ("starts_with: he", "hello", true),
        ("starts_with: el", "hello", false), ("ends_with: lo", "hello", true), ("ends_with: hello!", "lo!", false),
        ("is_empty: true", "", true), ("is_empty: true", " ", false), ("is_set: true", "", true),
        ("less_than: 10", "9.999999999999999999999", true), ("less_than: 10", "10.0", false),
        ("at_most: 10", "10.000", true), ("at_most: 10", "10.0000000000000000000001", false),
        ("greater_than: -1", "-0.5", true), ("greater_than: 9007199254740992", "9007199254740993", true),
        ("at_least: 0", "-0", true), ("at_least: 0.1", "00.10", true), ("at_least: -10", "-9", true),
        ("at_least: 0", "1e3", false), ("at_least: 0", "+1", false), ("at_least: 0", " 1", false),
        ("at_least: 0", "1,5", false), ("at_least: 0", "", false), ("at_least: 0", "٣", false),
        ("at_least: 0", ".5", false),
        ("matches: '[a-c]+'", "abc", true), ("matches: '[a-c]+'", "abcd", false),
        ("matches: '[a-c]+', ignore_case: true", "ABC", true),
        ("matches: '(a*)*b'", String(repeating: "a", count: 40), false),
        ("at_least: 1, less_than: 5", "4", true), ("at_least: 1, less_than: 5", "5", false),
        ("at_least: <<Start.params.V>>", "4", true),
    ])
    func `a case holds where all its tests do`(_ tests: String, _ value: String, _ holds: Bool) throws {
        let (outcome, run) = try branched("a: {\(tests)}", value, names: ["a"])
        #expect(outcome == (holds ? "B=a" : "B=no_match"))
        let isNumeric = tests.contains("at_") || tests.contains("_than")
        let isNumber = DecimalNumber(value) != nil
        #expect(run.notes.contains { $0.code == "no-number" } == (isNumeric && !isNumber))
    }

    @Test func `a value that is not there is empty and not set, which is no note where that is asked`() throws {
        #expect(try branched("a: {is_set: true}, b: {is_empty: true}", nil, names: ["a", "b"]).outcome == "B=b")
        #expect(try branched("a: {is_set: true}, b: {is_empty: true}", nil, names: ["a", "b"]).run.notes == [])
    }

    @Test func `the first case that holds decides, with its own value`() throws {
        let cases = "z: {equals: x}, y: {value: \"<<Start.call.from>>\", starts_with: \"+1\"}, x: {is_set: true}"
        let (outcome, run) = try branched(cases, "q", names: ["z", "y", "x"])
        #expect(outcome == "B=y")
        #expect(run.values[1] == [.text("y"), .text("+14155551234"), .text("y")])
        let other = try branched(cases, "x", names: ["z", "y", "x"])
        #expect(other.run.values[1] == [.text("z"), .text("x"), .text("z")])
    }

    @Test func `where no case holds, the value is the node's`() throws {
        let (outcome, run) = try branched("a: {equals: x}", "q", names: ["a"])
        #expect(outcome == "B=no_match")
        #expect(run.values[1] == [.missing, .text("q"), .text("no_match")])
    }

    @Test(arguments: [
        ("a: {matches: x+}, b: {equals: xx}", ["b"]), ("a: {matches: x+}, b: {equals: y}", []),
        ("a: {starts_with: x}, b: {starts_with: xy}", ["b"]), ("a: {starts_with: xy}, b: {starts_with: x}", []),
        ("a: {equals: x}, b: {equals: x}", ["b"]), ("a: {one_of: [x, y]}, b: {equals: y}", ["b"]),
        ("a: {equals: x}, b: {one_of: [x, y]}", []), ("a: {contains: x}, b: {ends_with: xx}", ["b"]),
        ("a: {at_least: 5}, b: {greater_than: 5}", ["b"]), ("a: {greater_than: 5}, b: {at_least: 5}", []),
        ("a: {less_than: 5, at_least: 5}", ["a"]), ("a: {equals: x, not_equals: x}", ["a"]),
        ("a: {equals: X, ignore_case: true}, b: {equals: x}", ["b"]),
        ("a: {equals: x}, b: {equals: X, ignore_case: true}", []),
        ("a: {is_set: true}, b: {equals: x}", []), ("a: {equals: <<Start.call.from>>}, b: {equals: x}", []),
        ("a: {at_least: x}", ["a"]), ("a: {value: <<Start.call.to>>, starts_with: x}, b: {starts_with: xy}", []),
        ("a: {not_equals: x}, b: {equals: y}", ["b"]), ("a: {not_equals: x}, b: {starts_with: y}", ["b"]),
        ("a: {starts_with: x, ends_with: y}, b: {starts_with: xx}", []),
    ])
    func `a case that can never be the first to hold is an error`(_ cases: String, _ dead: [String]) {
        let names = ["a", "b"].filter { cases.contains("\($0): {") }
        let ways = (names + ["no_match"]).map { "\($0): end" }.joined(separator: ", ")
        let found = findings(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: B}}
              B: {type: branch, value: <<Start.params.V>>, cases: {\(cases)}, transitions: {\(ways)}}
            """
        ).filter { $0.severity == .error }
        #expect(found.map(\.code.id) == dead.map { _ in "FD422" }, "\(found.map(\.message))")
        for (finding, name) in zip(found, dead) { #expect(finding.message.contains("\"\(name)\"")) }
    }

    @Test(arguments: [
        ("{type: branch, cases: {a: {equals: x}}, transitions: {a: end, no_match: end}}", "looks at nothing"),
        (
            "{type: branch, value: x<<Start.call.to>>, cases: {a: {}}, transitions: {a: end, no_match: end}}",
            "has no test"
        ),
        (
            "{type: branch, value: x<<Start.call.to>>, cases: {A: {equals: x}}, transitions: {A: end, no_match: end}}",
            "lower-case"
        ),
        ("{type: branch, value: x<<Start.call.to>>, transitions: {no_match: end}}", "\"cases\" is missing"),
        (
            "{type: branch, value: x<<Start.call.to>>, cases: {a: {equal: x}}, transitions: {a: end, no_match: end}}",
            "unknown key"
        ),
        (
            "{type: branch, value: x<<Start.call.to>>, cases: {a: {is_set: false}}, transitions: {a: end, no_match: end}}",
            "one of true"
        ),
    ])
    func `what is wrong with a branch is said`(_ node: String, _ words: String) {
        let found = findings("nodes:\n  Start: {type: start, transitions: {incoming_call: B}}\n  B: \(node)\n")
        #expect(found.contains { $0.severity == .error && $0.message.contains(words) }, "\(found.map(\.message))")
    }

    // MARK: Waiting

    @Test(arguments: [("5", 5, false), ("1m", 60, false), ("<<Start.params.V>>", 60, true)])
    func `a wait in front of a node that needs the caller is a part of the document`(
        _ duration: String,
        _ seconds: Int,
        _ isNoted: Bool
    ) throws {
        let interpreter = try Self.interpreter(
            "",
            """
              Start: {type: start, transitions: {incoming_call: W}}
              W: {type: wait, duration: \(duration), transitions: {completed: F, hangup: Report}}
              F: {type: call_forward, to: +12025551234, transitions: end}
            \(Self.report)
            """
        )
        var parameters = caller
        parameters.append("V", "2h")
        let turn = try interpreter.start(callID(), parameters, at: noon)
        #expect(turn.document?.first == .wait(seconds: seconds, music: false))
        #expect(turn.notes == (isNoted ? ["other-duration"] : []))
        #expect(turn.dial != nil)
    }

    @Test func `a hangup in a wait that a request stands behind is the outcome, and the redirect is the other one`()
        throws
    {
        let interpreter = try Self.interpreter(
            "",
            """
              Start: {type: start, transitions: {incoming_call: W}}
              W: {type: wait, duration: 5, music: true, transitions: {completed: Look, hangup: Report}}
              Look: {type: http_request, url: "http://127.0.0.1:5000/look", transitions: {success: F, failed: Report}}
              F: {type: call_forward, to: +12025551234, transitions: end}
            \(Self.report)
            """
        )
        let first = try interpreter.start(callID(), caller, at: noon)
        #expect(first.document?.first == .wait(seconds: 5, music: true))
        #expect(first.document?.count == 2)
        let hangup = Event.hungUp(Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 3))
        let ended = try #require(interpreter.handle(hangup, first.run, at: noon + 3))
        #expect(outcomes(ended.run, interpreter).last == "W=hangup")
        #expect(ended.orders.count == 1)
        let further = try #require(interpreter.handle(event("result", 1), first.run, at: noon + 5))
        #expect(outcomes(further.run, interpreter).last == "W=completed")
        #expect(further.run.wait?.request != nil)
    }

    @Test func `without a node that needs the caller the call ends, and a timer runs that no hangup ends`() throws {
        let interpreter = try Self.interpreter(
            "",
            """
              Start: {type: start, transitions: {incoming_call: Say}}
              Say: {type: play_audio, speak: Later., transitions: {completed: W, hangup: W}}
              W: {type: wait, duration: 2d, transitions: Report}
            \(Self.report)
            """
        )
        let first = try interpreter.start(callID(), caller, at: noon)
        #expect(first.document?.last == .hangup(reason: nil))
        #expect(first.run.wake == noon + 2 * 86_400)
        let hangup = Event.hungUp(Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 3))
        let ended = try #require(interpreter.handle(hangup, first.run, at: noon + 3))
        #expect(ended.run.wake == noon + 2 * 86_400)
        #expect(interpreter.handle(.timeIsUp, ended.run, at: noon + (2 * 86_400 - 1)) == nil)
        let over = try #require(interpreter.handle(.timeIsUp, ended.run, at: noon + 2 * 86_400))
        #expect(outcomes(over.run, interpreter).last == "W=completed")
        #expect(over.orders.count == 1)
        #expect(over.document == nil)
        #expect(over.run.turn == first.run.turn)
    }

    @Test func `a message waits too, and its answer is empty`() throws {
        let interpreter = try Self.interpreter(
            "",
            """
              Start: {type: start, transitions: {incoming_message: W}}
              W: {type: wait, duration: 90, transitions: Report}
            \(Self.report)
            """
        )
        let id = try #require(RunID(.message, "m"))
        let turn = try interpreter.start(id, caller, at: noon)
        #expect(turn.document == [])
        #expect(turn.run.status == .running)
        #expect(turn.run.wake == noon + 90)
    }

    @Test(arguments: [
        ("soon", "seconds, or a time"), ("0", "1 second to 30 days"), ("31d", "1 second to 30 days"),
        ("5 minutes", "seconds, or a time"),
    ])
    func `a time that cannot be waited for is an error`(_ duration: String, _ words: String) {
        let found = findings(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: W}}
              W: {type: wait, duration: \(duration), transitions: end}
            """
        )
        #expect(found.contains { $0.severity == .error && $0.message.contains(words) }, "\(found.map(\.message))")
    }
}
