import FlowCore
import Testing

@Suite("A dial's legs and results")
struct DialTests {
    private static func interpreter(screening: Bool) throws -> Interpreter {
        try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Forward}}
                  Forward:
                    type: call_forward
                    to: [+12025551234, +12025555678]
                    \(screening ? "screening: {speak: Press 1, key: 1}" : "caller_name: Acme")
                    transitions: Report
                  Report:
                    type: http_request
                    url: http://127.0.0.1:5000/report
                    body: {o: <<Forward.status>>, leg: <<Forward.DialBLegUUID>>, to: <<Forward.to>>, s: <<Forward.duration>>}
                """
            )
        )
    }

    private static func leg(_ uuid: String, _ action: String, code: String = "", seconds: Int? = nil) throws -> Event {
        let to = uuid == "L1" ? "12025551234" : "12025555678"
        var pairs = [("DialAction", action), ("DialBLegUUID", uuid), ("DialBLegTo", to)]
        if !code.isEmpty { pairs.append(("DialBLegHangupCauseCode", code)) }
        if let seconds { pairs.append(("DialBLegDuration", String(seconds))) }
        return try event("events", 1, pairs)
    }

    private static let completed = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 0)

    /// What the report says after events a second apart.
    private static func report(screening: Bool, _ events: [Event]) throws -> String {
        let interpreter = try interpreter(screening: screening)
        var turn = try interpreter.start(callID(), caller, at: noon)
        for (index, event) in events.enumerated() {
            guard let next = interpreter.handle(event, turn.run, at: noon + index + 1) else { continue }
            turn = next
            if let body = turn.bodies.first { return body }
        }
        let wake = try #require(turn.run.wake)
        return try #require(interpreter.handle(.timeIsUp, turn.run, at: wake)?.bodies.first)
    }

    @Test func `a callee who pressed no key was not talked to`() throws {
        let events = try [
            Self.leg("L1", "answer"), Self.leg("L1", "hangup", code: "9110"), .hungUp(Self.completed),
        ]
        #expect(
            try Self.report(screening: true, events)
                == "o=no_answer&leg=&to=%2B12025551234%2C%2B12025555678&s=0"
        )
    }

    @Test func `behind a key only a connected leg counts, whatever was billed`() throws {
        let billed = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 60)
        let answered = try [Self.leg("L1", "answer"), .hungUp(billed)]
        #expect(try Self.report(screening: true, answered).hasPrefix("o=no_answer&leg=&"))
        let connected = try [Self.leg("L1", "answer"), Self.leg("L1", "connected"), .hungUp(billed)]
        #expect(try Self.report(screening: true, connected).hasPrefix("o=completed&leg=L1&to=%2B12025551234&"))
    }

    @Test func `the values are those of the leg that the action names, not of the loser`() throws {
        let events = try [
            Self.leg("L2", "answer"), Self.leg("L1", "answer"), Self.leg("L1", "hangup", code: "9000"),
            Self.leg("L2", "hangup", seconds: 31), result(1, "completed", "NORMAL_CLEARING", bLeg: "L2"),
        ]
        #expect(try Self.report(screening: false, events) == "o=completed&leg=L2&to=%2B12025555678&s=31")
    }

    @Test func `every leg is kept with its times and causes, also one that ends after the run went on`() throws {
        let interpreter = try Self.interpreter(screening: false)
        var run = try interpreter.start(callID(), caller, at: noon).run
        run = try #require(interpreter.handle(Self.leg("L1", "answer"), run, at: noon + 5)).run
        run = try #require(interpreter.handle(result(1, "completed", bLeg: "L1"), run, at: noon + 9)).run
        run = try #require(interpreter.handle(Self.leg("L1", "hangup", code: "4000", seconds: 4), run, at: noon + 10))
            .run
        let expected = Datum.object([
            .init("uuid", .text("L1")), .init("to", .text("+12025551234")), .init("rang_at", Datum(noon)),
            .init("answered_at", Datum(noon + 5)), .init("ended_at", Datum(noon + 10)), .init("duration", .number("4")),
            .init("cause_code", .text("4000")),
        ])
        #expect(run.path[1].details["legs"] == .list([expected]))
        let legs = try #require(interpreter.flow.nodes[1].description.value("legs"))
        #expect(run.values[1][legs] == .list([expected]))
        #expect(run.path[1].heard.map(\.word) == ["answered", "completed", "hangup"])
    }

    static let busyNames = [
        "Rejected", "Busy Line", "DECLINED", "busy-everywhere", "call_rejected", "3010", "3020", "3100", "3110",
    ]

    @Test(arguments: busyNames)
    func `busy and rejected count by all their names`(_ cause: String) throws {
        #expect(try Self.report(screening: false, [result(1, "failed", cause)]).hasPrefix("o=busy&"))
    }

    @Test(arguments: [("No Answer", "no_answer"), ("COMPLETED", "completed"), ("no_answer", "no_answer")])
    func `a status counts without case, blanks and dashes`(_ status: String, _ outcome: String) throws {
        #expect(try Self.report(screening: false, [result(1, status)]).hasPrefix("o=\(outcome)&"))
    }
}
