import FlowCore
import Testing

@Suite("A run")
struct InterpreterTests {
    let interpreter: Interpreter
    let call: RunID

    init() throws {
        interpreter = try Interpreter(flow(dialStatus))
        call = try callID()
    }

    func dialling() throws -> Run {
        let turn = try interpreter.start(call, caller, at: noon)
        _ = try #require(turn.dial)
        return turn.run
    }

    @Test func `a call is forwarded with the caller's number in E.164`() throws {
        let turn = try interpreter.start(call, caller, at: noon)
        let dial = try #require(turn.dial)
        #expect(dial.targets == [.number("+12025551234"), .number("+12025555678")])
        #expect(dial.callerID == "+14155551234")
        #expect(dial.timeout == 30)
        #expect(dial.timeLimit == 14_400)
        let step = StepAddress(run: call, flow: "test-flow", version: interpreter.flow.version, node: 1, turn: 1)
        #expect(dial.action == .own(CallbackAddress(step, "result", .byCall)))
        #expect(turn.run.turn == 1)
        #expect(turn.run.status == .running)
        #expect(turn.orders.isEmpty)
    }

    static let outcomes: [(String, String, String)] = [
        ("completed", "NORMAL_CLEARING", "completed"),
        ("completed", "USER_BUSY", "completed"),
        ("no-answer", "NO_ANSWER", "no_answer"),
        ("cancel", "ORIGINATOR_CANCEL", "no_answer"),
        ("cancel", "USER_BUSY", "no_answer"),
        ("busy", "USER_BUSY", "busy"),
        ("busy", "", "busy"),
        ("no-answer", "CALL_REJECTED", "busy"),
        ("failed", "USER_BUSY", "busy"),
        ("failed", "UNALLOCATED_NUMBER", "failed"),
        ("timeout", "PROGRESS_TIMEOUT", "failed"),
        ("something-new", "", "failed"),
        ("", "", "failed"),
    ]

    @Test(arguments: outcomes)
    func `what Plivo says becomes an outcome`(_ status: String, _ cause: String, _ outcome: String) throws {
        let turn = try #require(interpreter.handle(result(1, status, cause), dialling(), at: noon + 20))
        #expect(turn.document == .farewell)
        #expect(turn.run.turn == 2)
        #expect(turn.run.status == .delivering)
        let order = try #require(turn.orders.first)
        #expect(turn.orders.count == 1)
        let expected = "caller=%2B14155551234&DialStatus=\(status)&outcome=\(outcome)"
        #expect(order.request.body.redacted == expected)
        #expect(order.request.method == "POST")
        #expect(order.request.origin == "http://127.0.0.1:5000")
        #expect(order.request.target.redacted == "/report")
        #expect(order.request.timeout == 15)
    }

    @Test(arguments: ["''", "\"\""])
    func `an empty password is sent where it is written as one`(_ password: String) throws {
        let flow = try flow(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Charge}}
              Charge:
                type: http_request
                url: https://api.example.com/v1/charges
                auth: {basic: {username: <<secrets.KEY>>, password: \(password)}}
            """
        )
        let turn = try Interpreter(flow).start(call, caller, at: noon)
        guard case .basic(let username, let word)? = turn.orders.first?.request.authorization else {
            throw CancellationError()
        }
        #expect(username.resolved { $0 == "KEY" ? "k" : nil } == "k")
        #expect(word == SecretText())
    }

    @Test func `a run is finished when its report is delivered`() throws {
        let turn = try #require(interpreter.handle(result(1, "busy"), dialling(), at: noon + 20))
        let key = try #require(turn.orders.first?.key)
        let ended = try #require(
            interpreter.handle(.requestEnded(key, RequestResult(statusCode: 204)), turn.run, at: noon + 30)
        )
        #expect(ended.run.status == .finished)
        #expect(ended.run.endedAt == noon + 30)
        #expect(ended.document == nil)
        #expect(ended.run.path.map(\.outcome) == [0, 2, 0])
    }

    @Test func `a result of another turn does nothing`() throws {
        #expect(try interpreter.handle(result(0, "busy"), dialling(), at: noon) == nil)
        #expect(try interpreter.handle(result(2, "busy"), dialling(), at: noon) == nil)
    }

    @Test func `the caller who gives up settles the dial at once`() throws {
        let hangup = Hangup(callStatus: "cancel", cause: "ORIGINATOR_CANCEL", billDuration: 0)
        let turn = try #require(interpreter.handle(.hungUp(hangup), dialling(), at: noon + 5))
        #expect(turn.orders.first?.request.body.redacted.hasSuffix("DialStatus=cancel&outcome=no_answer") == true)
        #expect(turn.run.call.isOver)
    }

    @Test func `another hangup waits three seconds for the action`() throws {
        let hangup = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 60)
        let waiting = try #require(interpreter.handle(.hungUp(hangup), dialling(), at: noon + 50))
        #expect(waiting.orders.isEmpty)
        #expect(waiting.run.wake == noon + 53)
        #expect(interpreter.handle(.timeIsUp, waiting.run, at: noon + 52) == nil)
        let settled = try #require(interpreter.handle(.timeIsUp, waiting.run, at: noon + 53))
        #expect(
            settled.orders.first?.request.body.redacted.hasSuffix("DialStatus=completed&outcome=completed") == true
        )
        let decided = try #require(
            interpreter.handle(result(1, "busy", "USER_BUSY"), waiting.run, at: noon + 52)
        )
        #expect(decided.orders.first?.request.body.redacted.hasSuffix("DialStatus=busy&outcome=busy") == true)
        #expect(try interpreter.handle(result(1, "busy"), settled.run, at: noon + 54) == nil)
    }

    @Test func `a hangup without an answer and without an action is a cancel`() throws {
        let hangup = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 0)
        let waiting = try #require(interpreter.handle(.hungUp(hangup), dialling(), at: noon + 50))
        let settled = try #require(interpreter.handle(.timeIsUp, waiting.run, at: noon + 60))
        #expect(
            settled.orders.first?.request.body.redacted.hasSuffix("DialStatus=cancel&outcome=no_answer") == true
        )
    }

    @Test func `a dial of which nothing is heard is given up`() throws {
        let run = try dialling()
        #expect(run.wake == noon + (30 + 14_400 + 60))
        let turn = try #require(interpreter.handle(.timeIsUp, run, at: noon + (30 + 14_400 + 60)))
        #expect(turn.orders.first?.request.body.redacted.hasSuffix("DialStatus=failed&outcome=failed") == true)
        #expect(turn.run.call.isOver)
    }

    @Test func `a message runs without a call`() throws {
        let message = try #require(RunID(.message, "m-1"))
        let turn = try interpreter.start(
            message,
            Parameters([("MessageUUID", "m-1"), ("From", "14155551234")]),
            at: noon
        )
        #expect(turn.document == .nothing)
        #expect(turn.orders.first?.request.body.redacted == "caller=&DialStatus=&outcome=")
        #expect(turn.run.notes.contains { $0.code == "missing-value" && $0.values == ["Start.call.from"] })
    }

    private func rebuilt(node: Int, turn: Int = 1) throws -> Turn? {
        guard case .callback(let callback, let step) = try result(turn, "busy", "USER_BUSY", node: node) else {
            return nil
        }
        return interpreter.handle(.rebuilt(callback, step, hangup: nil), nil, at: noon)
    }

    @Test func `a dial that the store does not know is rebuilt from its result`() throws {
        let turn = try #require(try rebuilt(node: 1))
        #expect(turn.document == .farewell)
        #expect(turn.run.turn == 2)
        #expect(turn.bodies == ["caller=%2B14155551234&DialStatus=busy&outcome=busy"])
        #expect(turn.notes == ["rebuilt"])
        #expect(try rebuilt(node: 2) == nil)
        #expect(try rebuilt(node: 99) == nil)
    }

    @Test func `equal inputs give equal turns`() throws {
        #expect(try interpreter.start(call, caller, at: noon) == interpreter.start(call, caller, at: noon))
    }
}

@Suite("A call_forward in sequence")
struct SequenceTests {
    let interpreter: Interpreter

    init() throws {
        interpreter = try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Hunt}}
                  Hunt:
                    type: call_forward
                    mode: sequence
                    to: [+12025550001, sip:desk@example.com, +12025550001, "<<Start.call.direction>>"]
                    transitions: end
                """
            )
        )
    }

    func targets(_ turn: Turn?) -> [DialTarget] {
        turn?.dial?.targets ?? []
    }

    @Test func `each target rings alone, until one answers`() throws {
        let first = try interpreter.start(callID(), caller, at: noon)
        #expect(targets(first) == [.number("+12025550001")])
        #expect(first.run.notes.contains { $0.code == "not-dialled" && $0.values == ["inbound"] })
        let second = try #require(interpreter.handle(result(1, "busy"), first.run, at: noon + 10))
        #expect(targets(second) == [.user("sip:desk@example.com")])
        let third = try #require(interpreter.handle(result(2, "no-answer"), second.run, at: noon + 20))
        #expect(third.document == .farewell)
        #expect(third.run.status == .finished)
        #expect(third.run.path.last?.outcome == 1)
    }

    @Test(arguments: ["completed", "cancel"])
    func `an end that leaves nobody to hunt for ends it`(_ status: String) throws {
        let first = try interpreter.start(callID(), caller, at: noon)
        let turn = try interpreter.handle(result(1, status), first.run, at: noon + 10)
        #expect(turn?.document == .farewell)
    }

    @Test func `after a hangup nobody is rung any more`() throws {
        var run = try interpreter.start(callID(), caller, at: noon).run
        let hangup = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 1)
        run = try #require(interpreter.handle(.hungUp(hangup), run, at: noon + 5)).run
        let turn = try interpreter.handle(result(1, "busy"), run, at: noon + 6)
        #expect(turn?.document == .farewell)
    }
}

@Suite("A request on the call path")
struct CallPathTests {
    let interpreter: Interpreter

    init() throws {
        interpreter = try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Lookup}}
                  Lookup:
                    type: http_request
                    method: GET
                    url: https://app.example.com/agents?x=1
                    params: {caller: <<Start.call.from>>}
                    transitions: Forward
                  Forward:
                    type: call_forward
                    to: '<<Lookup.response.agents[1].number | default: "+12025551234">>'
                    transitions: Report
                  Report:
                    type: http_request
                    url: https://app.example.com/report
                    format: json
                    body: {agent: <<Forward.to>>, all: '<<Lookup.response | json>>', list: [a, '<<Lookup.status_code | json>>']}
                    transitions: Lookup
                """
            )
        )
    }

    @Test func `the run waits for its answer before Plivo is told anything`() throws {
        let turn = try interpreter.start(callID(), caller, at: noon)
        #expect(turn.document == nil)
        #expect(turn.orders.isEmpty)
        let awaited = try #require(turn.run.wait?.request)
        #expect(awaited.request.target.redacted == "/agents?x=1&caller=%2B14155551234")
        #expect(awaited.request.timeout == 5)
        let body = #"{"agents":[{"number":"12025550001"},{"number":"12025550002"}]}"#
        let answer = RequestResult(statusCode: 200, contentType: "application/json", body: Array(body.utf8))
        let next = try #require(interpreter.handle(.requestEnded(awaited.key, answer), turn.run, at: noon + 1))
        let dial = try #require(next.dial)
        #expect(dial.targets == [.number("+12025550002")])
        #expect(next.run.turn == 1)
    }

    @Test func `a failure goes on with the default`() throws {
        let turn = try interpreter.start(callID(), caller, at: noon)
        let awaited = try #require(turn.run.wait?.request)
        let failure = RequestResult(error: "timed out after 5 s")
        let next = try #require(interpreter.handle(.requestEnded(awaited.key, failure), turn.run, at: noon + 5))
        let dial = try #require(next.dial)
        #expect(dial.targets == [.number("+12025551234")])
    }

    @Test func `after a hangup no dial is made, and requests are delivered`() throws {
        var run = try interpreter.start(callID(), caller, at: noon).run
        let awaited = try #require(run.wait?.request)
        let hangup = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 0)
        run = try #require(interpreter.handle(.hungUp(hangup), run, at: noon + 1)).run
        let turn = try #require(
            interpreter.handle(.requestEnded(awaited.key, RequestResult(statusCode: 200)), run, at: noon + 2)
        )
        #expect(turn.document == .farewell)
        #expect(turn.orders.count == 1)
        let text = try #require(turn.orders.first).request.body.redacted
        #expect(text == #"{"agent":"+12025551234","all":null,"list":["a",200]}"#)
    }

    @Test func `a request that was left alone is delivered instead`() throws {
        let run = try interpreter.start(callID(), caller, at: noon).run
        let wake = try #require(run.wake)
        let turn = try #require(interpreter.handle(.timeIsUp, run, at: wake))
        #expect(turn.orders.count == 1)
        #expect(turn.document == .farewell)
        #expect(turn.run.call.isOver)
    }

    @Test func `another may ask again once the time is up, under the same key`() throws {
        let run = try interpreter.start(callID(), caller, at: noon).run
        #expect(interpreter.handle(.askedAgain, run, at: noon + 5) == nil)
        let again = try #require(interpreter.handle(.askedAgain, run, at: noon + 6))
        let first = try #require(run.wait?.request)
        let second = try #require(again.run.wait?.request)
        #expect(first.key == second.key)
        #expect(second.until > first.until)
    }
}

@Suite("A run's bounds")
struct GuardTests {
    @Test func `a hundred steps for one webhook are enough`() throws {
        let loop = try Interpreter(
            flow(
                """
                on_error: {speak: Sorry, forward: +12025550199}
                nodes:
                  Start: {type: start, transitions: {incoming_call: A}}
                  A: {type: call_forward, to: nobody-<<Start.call.uuid>>, transitions: A}
                """
            )
        )
        let turn = try loop.start(callID(), caller, at: noon)
        #expect(turn.run.status == .failed)
        #expect(turn.document == .apology(Apology(speak: "Sorry", forward: [.number("+12025550199")])))
        #expect(turn.run.path.count == 101)
    }

    @Test func `the 21st dial is not made, and the run goes on without the caller`() throws {
        let loop = try Interpreter(
            flow(
                """
                on_error: {speak: Sorry}
                nodes:
                  Start: {type: start, transitions: {incoming_call: A}}
                  A: {type: call_forward, to: +12025550001, transitions: {busy: A, failed: Report}}
                  Report: {type: http_request, url: http://127.0.0.1:5000/r, body: {cause: <<A.DialHangupCause>>}}
                """
            )
        )
        var turn = try loop.start(callID(), caller, at: noon)
        var dials = 0
        while turn.dial != nil {
            dials += 1
            turn = try #require(loop.handle(result(turn.run.turn, "busy"), turn.run, at: noon + dials))
        }
        #expect(dials == 20)
        #expect(turn.document == .apology(Apology(speak: "Sorry")))
        #expect(turn.bodies == ["cause=flowd_dial_limit"])
        #expect(turn.notes == ["dial-limit"])
        #expect(turn.run.status == .delivering)
    }

    @Test func `a run of a flowd whose node type had fewer values goes on`() throws {
        let interpreter = Interpreter(try flow(dialStatus))
        var run = try interpreter.start(callID(), caller, at: noon).run
        run.values[1] = [.text("an earlier visit")]
        let turn = try #require(interpreter.handle(result(1, "busy"), run, at: noon + 10))
        let description = interpreter.flow.nodes[1].description
        // What an event says is kept apart.
        let names = description.values.map(\.name).filter { $0 != NodeDescription.eventValueName }
        let given = Dictionary(uniqueKeysWithValues: zip(names, turn.run.values[1]))
        #expect(given.count == names.count)
        #expect(given["status"] == .text("busy"))
    }
}
