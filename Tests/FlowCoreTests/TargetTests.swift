import FlowCore
import FlowDocument
import Testing

@Suite("Whom a call_forward dials")
struct TargetTests {
    /// Asks an app server, and dials what it answers.
    private static func dialled(
        _ to: String,
        from: String = "+14155550100",
        country: String? = nil,
        caller parameters: Parameters = caller,
        answer: String
    ) throws -> Turn {
        let interpreter = try Interpreter(forwarding(to, from: from, country: country))
        let asked = try interpreter.start(callID(), parameters, at: noon)
        let request = try #require(asked.run.wait?.request)
        let result = RequestResult(statusCode: 200, contentType: "application/json", body: Array(answer.utf8))
        return try #require(interpreter.handle(.requestEnded(request.key, result), asked.run, at: noon))
    }

    private static func forwarding(
        _ to: String,
        from: String = "+14155550100",
        country: String? = nil
    ) throws -> Flow {
        try flow(
            """
            \(country.map { "country: \($0)\n" } ?? "")nodes:
              Start: {type: start, transitions: {incoming_call: L}}
              L:
                type: http_request
                url: http://127.0.0.1:5000/agent
                transitions: {success: Forward, failed: end}
              Forward:
                type: call_forward
                from: '\(from)'
                to: \(to)
                transitions: end
            """
        )
    }

    private static func targets(_ turn: Turn) -> [String] { turn.dial?.targets.map(\.text) ?? [] }

    struct Case: Sendable, CustomTestStringConvertible {
        let answer: String
        let targets: [String]
        let notes: [String]
        var to = "<<L.response.agent>>"
        var country: String?

        init(
            _ answer: String,
            to: String = "<<L.response.agent>>",
            country: String? = nil,
            _ targets: [String],
            _ notes: [String] = []
        ) {
            self.answer = answer
            self.to = to
            self.country = country
            self.targets = targets
            self.notes = notes
        }

        var testDescription: String { "\(to) \(country ?? "") \(answer)" }
    }

    static let cases: [Case] = [
        Case(#"{"agent":"+12025551234"}"#, ["+12025551234"]),
        Case(#"{"agent":12025551234}"#, ["+12025551234"]),
        Case(#"{"agent":1.2025551234e10}"#, [], ["not-dialled"]),
        Case(#"{"agent":-12025551234}"#, [], ["not-dialled"]),
        Case(#"{"agent":true}"#, [], ["not-dialled"]),
        Case(#"{"agent":"sip:desk@example.com"}"#, ["sip:desk@example.com"]),
        Case(#"{"agent":"0014155550100"}"#, ["+14155550100"]),
        Case(#"{"agent":"+1 (415) 555-0100"}"#, ["+14155550100"]),
        Case(#"{"agent":"tel:+14155550100"}"#, ["+14155550100"]),
        Case(#"{"agent":"\u202a+12025551234\u202c"}"#, ["+12025551234"]),
        Case(#"{"agent":"01712345678"}"#, [], ["needs-country"]),
        Case(#"{"agent":"4155550100"}"#, [], ["needs-country"]),
        Case(#"{"agent":"01712345678"}"#, country: "DE", ["+491712345678"]),
        Case(#"{"agent":"01712345678"}"#, country: "GB", ["+441712345678"]),
        Case(#"{"agent":"4155550100"}"#, country: "US", ["+14155550100"]),
        Case(#"{"agent":"555-0100"}"#, country: "US", [], ["not-in-country"]),
        Case(#"{"agent":"+14155550100 x123"}"#, ["+14155550100"], ["extension-cut"]),
        Case(#"{"agent":"+14155550100,,123"}"#, ["+14155550100"], ["extension-cut"]),
        Case(#"{"agent":""}"#, [], ["empty-target"]),
        Case(#"{"agent":" "}"#, [], ["empty-target"]),
        Case(#"{"agent":null}"#, [], ["empty-target"]),
        Case(#"{"agent":[]}"#, [], ["empty-target"]),
        Case("{}", [], ["missing-value", "empty-target"]),
        Case(#"{"agent":"sales"}"#, [], ["not-dialled"]),
        Case(#"{"agent":"911"}"#, country: "US", [], ["not-dialled"]),
        // Texts with commas: all or none.
        Case(#"{"agent":"+12025551234, sip:a@b.example, +12025551234,"}"#, ["+12025551234", "sip:a@b.example"]),
        Case(#"{"agent":"+12025551234, +12025555678 x5"}"#, ["+12025551234", "+12025555678"], ["extension-cut"]),
        Case(#"{"agent":"no agent, 4155550100, sorry"}"#, country: "US", [], ["not-dialled"]),
        Case(#"{"agent":"no agent, +14155550100, sorry"}"#, [], ["not-dialled"]),
        Case(#"{"agent":"4155550100, 4155550101"}"#, [], ["needs-country"]),
        Case(#"{"agent":"Error in worker 7, 1732786546, see the log"}"#, [], ["not-dialled"]),
        Case(#"{"agent":"<html>down, +14155550100, ticket</html>"}"#, [], ["not-dialled"]),
        // Lists, and objects.
        Case(
            #"{"agent":["+12025551234","12025555678",12025557890]}"#,
            ["+12025551234", "+12025555678", "+12025557890"]
        ),
        Case(#"{"agent":[["+12025551234"],["+12025555678",["+12025551234"]]]}"#, ["+12025551234", "+12025555678"]),
        Case(
            #"{"agent":["+12025551234","bob",{"n":"+12025555678"}]}"#,
            ["+12025551234"],
            ["not-dialled", "not-dialled"]
        ),
        Case(#"{"agent":[11111111,22222222]}"#, [], ["needs-country", "needs-country"]),
        Case(#"{"agent":{"n":"+12025551234"}}"#, [], ["not-dialled"]),
        Case(#"{"ids":[11111111,22222222,33333333]}"#, to: "<<L.response>>", [], ["not-dialled"]),
        Case(#"{"error":"no agent, +14155550100, sorry"}"#, to: "<<L.response>>", [], ["not-dialled"]),
        // The author's own commas.
        Case(#"{"agent":"bob"}"#, to: "<<L.response.agent>>, +12025550001", ["+12025550001"], ["not-dialled"]),
        Case(
            #"{"agent":"no, +14155550100"}"#,
            to: "<<L.response.agent>>, +12025550001",
            ["+12025550001"],
            ["not-dialled"]
        ),
        Case(
            #"{"agent":"+12025550002,+12025550001"}"#,
            to: "<<L.response.agent>> , +12025550001, +12025550003",
            ["+12025550002", "+12025550001", "+12025550003"]
        ),
        Case(#"{"agent":"5550001"}"#, to: "+1202<<L.response.agent>>", ["+12025550001"]),
        Case(#"{"agent":"5550001,+12025550002"}"#, to: "+1202<<L.response.agent>>", [], ["not-dialled"]),
        Case(#"{"agent":"a@x.example,sip:b"}"#, to: "sip:<<L.response.agent>>@b.example", [], ["not-dialled"]),
        Case(
            #"{"agent":"+12025550002"}"#,
            to: "[<<L.response.agent>>, +12025550001]",
            ["+12025550002", "+12025550001"]
        ),
        Case(
            "{}",
            to: "'<<L.response.agent | default: \"+12025550001, +12025550002\">>'",
            ["+12025550001", "+12025550002"]
        ),
        Case("{}", to: "'<<L.response.agent | default: \"\">>, +12025550001'", ["+12025550001"], ["empty-target"]),
        Case(#"{"agent":["+12025550001","+12025550002"]}"#, to: "<<L.response.agent | first>>", ["+12025550001"]),
    ]

    @Test(arguments: cases)
    func `is what is certainly a number or SIP URI`(_ test: Case) throws {
        let turn = try Self.dialled(test.to, country: test.country, answer: test.answer)
        #expect(Self.targets(turn) == test.targets)
        #expect(turn.notes == test.notes)
        guard test.targets.isEmpty else { return }
        #expect(turn.dial == nil)
        #expect(turn.run.values[2].contains(.text("INVALID_NUMBER_FORMAT")))
    }

    @Test func `is everybody of five thousand in a list`() throws {
        let numbers = (0..<5_000).map { "+1202555\(1_000 + $0)" }
        let list = "[" + numbers.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        let turn = try Self.dialled("<<L.response>>", answer: list)
        #expect(Self.targets(turn) == numbers)
    }

    @Test func `is said to lack a country`() throws {
        let turn = try Self.dialled("<<L.response.agent>>", answer: #"{"agent":"4155550100"}"#)
        let note = try #require(turn.run.notes.first)
        let text = note.text(in: try Self.forwarding("<<L.response.agent>>"))
        #expect(text.contains("\"4155550100\"") && text.contains("\"country\"") && text.contains("\"Forward\""))
    }

    @Test(arguments: [
        ("<<L.response.id>>", #"{"id":"alice"}"#, nil, "", ["no-caller-id"]),
        ("<<L.response.id>>", #"{"id":""}"#, nil, "", ["no-caller-id"]),
        ("<<L.response.id>>", #"{"id":"+266696687"}"#, nil, "", ["no-caller-id"]),
        ("<<L.response.id>>", #"{"id":"12345"}"#, nil, "", ["no-caller-id"]),
        ("<<L.response.id>>", #"{"id":"4155550100"}"#, nil, "", ["caller-needs-country"]),
        ("<<L.response.id>>", #"{"id":"4155550100"}"#, "US", "+14155550100", []),
        ("<<L.response.id>>", #"{"id":"+1 (415) 555-0100"}"#, nil, "+14155550100", []),
        ("<<L.response.id>>", #"{"id":"+14155550100 x9"}"#, nil, "+14155550100", ["extension-cut"]),
        ("<<Start.call.from>>", "{}", nil, "+14155551234", []),
    ])
    func `sees a caller ID that is a number, or none and a note`(
        _ from: String,
        _ answer: String,
        _ country: String?,
        _ callerID: String,
        _ notes: [String]
    ) throws {
        let turn = try Self.dialled("+12025551234", from: from, country: country, answer: answer)
        #expect(turn.dial?.callerID == callerID)
        #expect(turn.notes == notes)
    }

    @Test(arguments: [
        (" 14155551234", "+14155551234"), ("+266696687", ""), ("anonymous", ""), ("12345", ""),
        ("sip:alice@example.com", ""),
    ])
    func `sees the caller's number where it is one`(_ from: String, _ callerID: String) throws {
        let turn = try Interpreter(flow(dialStatus)).start(
            callID(),
            Parameters([("CallUUID", "a"), ("From", from), ("To", "+14155550100")]),
            at: noon
        )
        #expect(turn.dial?.callerID == callerID)
        #expect(turn.notes == [])
    }
}

@Suite("A flow's country")
struct CountryTests {
    private func head(_ lines: String) -> String { lines + "\nnodes: {Start: {type: start}}" }

    @Test(arguments: [
        ("country: DE", []), ("country: NO", []), ("country: de", ["FD104"]), ("country: UK", ["FD104"]),
        ("country: Germany", ["FD104"]), ("country: 49", ["FD104"]), ("country: [DE]", ["FD104"]),
        ("country: <<Start.call.from_iso2>>", ["FD309"]),
    ])
    func `is a code of two capitals`(_ line: String, _ codes: [String]) {
        #expect(findings(head(line)).map(\.code.id) == codes)
    }

    @Test func `is guessed where its code is another`() {
        #expect(findings(head("country: UK")).first?.help == ["did you mean \"GB\"?"])
        #expect(findings(head("country: de")).first?.help == ["did you mean \"DE\"?"])
    }

    @Test func `counts for the numbers of the flow and of on_error, wherever it stands`() throws {
        let flow = try flow(
            head("numbers: [030 123456]\non_error: {forward: \"030 123457, +14155550100\"}\ncountry: DE")
        )
        #expect(flow.numbers.map(\.number.text) == ["+4930123456"])
        #expect(flow.apology.forward == [.number("+4930123457"), .number("+14155550100")])
    }

    @Test func `lets a caller reach the flow by the number as Plivo sends it`() throws {
        let flow = try flow(head("numbers: [(415) 555-0100]\ncountry: US"))
        let set = FlowSet.make([flow]).set
        for to in ["14155550100", " 14155550100", "+14155550100"] { #expect(set[number: to] != nil, "\(to)") }
    }
}
