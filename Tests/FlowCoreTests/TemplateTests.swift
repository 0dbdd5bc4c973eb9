import FlowCore
import FlowDocument
import Testing

@Suite("A template")
struct TemplateTests {
    /// Renders a text body of a request.
    func rendered(_ template: String, _ parameters: Parameters = caller) throws -> String {
        var json = ""
        JSONText.append(template, to: &json)
        let text = """
            {"nodes": {
              "Start": {"type": "start", "transitions": {"incoming_call": "N"}},
              "N": {"type": "http_request", "url": "http://a.example/", "body": \(json)}
            }}
            """
        let build = FlowBuilder.build(source: Array(text.utf8), file: "a.json", format: .json)
        for finding in build.findings { Issue.record("\(finding.message)") }
        let flow = try #require(build.flow)
        let turn = try Interpreter(flow).start(callID(), parameters, at: noon)
        return try #require(turn.orders.first).request.body.redacted
    }

    @Test(
        arguments: [
            ("plain", "plain"),
            ("<<Start.call.from>>", "+14155551234"),
            ("{{Start.call.from}}", "+14155551234"),
            ("{{ Start.call.from }} and << Start.call.to >>", "+14155551234 and +14155550100"),
            (#"\<<Start.call.from>> \{{x}}"#, "<<Start.call.from>> {{x}}"),
            (#"<<Start.call.forwarded_from | default: "nobody">>"#, "nobody"),
            (#"<<Start.call.from | default: "nobody">>"#, "+14155551234"),
            ("<<Start.call.direction | upcase>>", "INBOUND"),
            ("<<Start.call.direction | upcase | downcase>>", "inbound"),
            ("<<Start.call.direction | slice: 0, 2>>", "in"),
            ("<<Start.call.direction | slice: -5, 5>>", "bound"),
            ("<<Start.call.direction | slice: 2>>", "b"),
            ("<<Start.call.direction | slice: 99, 9>>", ""),
            ("<<Start.call.direction | size>>", "7"),
            (#"<<Start.call.direction | append: "!" | prepend: '?'>>"#, "?inbound!"),
            (#"<<Start.call.direction | replace: "bound", "side">>"#, "inside"),
            (#"<<Start.call.direction | remove: "n">>"#, "iboud"),
            ("<<Start.call.from | url_encode>>", "%2B14155551234"),
            ("<<Start.call.from | json>>", "\"+14155551234\""),
            ("<<Start.call.headers.Account>>", "gold"),
            ("<<Start.call.headers.account>>", "gold"),
            ("<<Start.params.From>>", "14155551234"),
            ("<<Start.params.X-PH-Account>>", "gold"),
            (#"<<Start.call.direction | append: "}} >> |">>"#, "inbound}} >> |"),
            ("<<secrets.TOKEN>>", "<secret TOKEN>"),
            ("a < b << <<Start.request_type>>", ""),
        ].dropLast()
    )
    func `renders its values`(_ template: String, _ expected: String) throws {
        #expect(try rendered(template) == expected)
    }

    @Test func `a value's own marks are not read again`() throws {
        let parameters = Parameters([("From", "<<secrets.TOKEN>>"), ("Direction", "{{Start.call.from}}")])
        #expect(
            try rendered("<<Start.call.from>> <<Start.call.direction>>", parameters)
                == "<<secrets.TOKEN>> {{Start.call.from}}"
        )
    }

    @Test(arguments: [
        (Escaping.path, "a b/ä?&", "a%20b%2F%C3%A4%3F%26"),
        (.form, "a b/ä?&=~*", "a+b%2F%C3%A4%3F%26%3D%7E*"),
        (.json, "\"\\\n\u{1}é", #"\"\\\n\u0001é"#),
        (.header, "a\r\nX: b\u{0}\u{85}", "aX: b"),
        (.plain, "<&>\r\n", "<&>\r\n"),
    ])
    func `a value is escaped for the place it lands in`(_ escaping: Escaping, _ text: String, _ expected: String) {
        #expect(escaping.escaped(text) == expected)
    }

    @Test func `a value is bounded`() throws {
        let long = String(repeating: "é", count: 60_000)
        let text = try rendered("<<Start.call.direction>>", Parameters([("Direction", long)]))
        #expect(text.utf8.count <= 64 * 1_024)
        #expect(text.allSatisfy { $0 == "é" })
    }

    @Test(arguments: Escaping.allCases, ["\"", "é", "a b", "\u{1}", "👩‍👩‍👧"])
    func `a value that is too long loses its end, and no escape is cut in two`(
        _ escaping: Escaping,
        _ piece: String
    ) throws {
        let value = Datum.text(String(repeating: piece, count: 200))
        // A header loses its control characters, and then there is nothing to cut.
        guard !escaping.escaped(piece).isEmpty else { return }
        for limit in 0..<120 {
            let (text, isCut) = escaping.escaped(value, upTo: limit)
            #expect(isCut)
            let pieces = escaping.escaped(piece)
            let isWhole = escaping == .jsonValue ? text == "null" : text.utf8.count <= limit
            #expect(isWhole, "\(text) within \(limit)")
            if escaping != .jsonValue {
                let start = escaping.escaped(String(repeating: piece, count: 120 / pieces.utf8.count + 1))
                #expect(start.hasPrefix(text), "\(text) is a beginning")
            }
        }
        #expect(escaping.escaped(value, upTo: 64 * 1_024).isCut == false)
    }

    @Test func `a body stays JSON however long its values are`() throws {
        let flow = try flow(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Ask}}
              Ask: {type: http_request, url: "http://127.0.0.1:5000/ask", transitions: Report}
              Report:
                type: http_request
                url: http://127.0.0.1:5000/report
                format: json
                body: {text: <<Ask.response.x>>, value: <<Ask.response | json>>}
                transitions: end
            """
        )
        let engine = Interpreter(flow)
        let asked = try engine.start(callID(), caller, at: noon)
        let asks = try #require(asked.orders.first)
        let long = "{\"x\":\"" + String(repeating: "\\\"", count: 40_000) + "\"}"
        let answer = RequestResult(statusCode: 200, contentType: "application/json", body: Array(long.utf8))
        let turn = try #require(engine.handle(.requestEnded(asks.key, answer), asked.run, at: noon))
        let body = try #require(turn.orders.first).request.body.resolved { _ in nil }
        #expect(Datum(json: Array(body.utf8)) != nil)
        #expect(turn.run.notes.contains { $0.code == "cut-value" })
    }
}

@Suite("Values")
struct ValueTests {
    @Test(arguments: [
        ("14155551234", "+14155551234"), ("+14155551234", "+14155551234"), ("1234567", "+1234567"),
        ("123456", "123456"), ("anonymous", "anonymous"), ("sip:a@b", "sip:a@b"),
        ("1234567890123456", "1234567890123456"),
        ("+1 415", "+1 415"), ("", ""), ("١٢٣٤٥٦٧", "١٢٣٤٥٦٧"),
    ])
    func `seven to fifteen digits become E.164`(_ text: String, _ expected: String) {
        #expect(PhoneNumber.normalized(text) == expected)
    }

    @Test(arguments: [
        (0, "1970-01-01 00:00:00"), (951_782_400_000, "2000-02-29 00:00:00"),
        (1_775_648_073_238, "2026-04-08 11:34:33"), (-1, "1969-12-31 23:59:59"),
    ])
    func `times are UTC`(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).plivo == text)
    }

    @Test(arguments: [
        "5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11", "a-call", "5F1C9D10-6B1E-4A0B-9D36-6F5D3F6C2A11", "é",
        String(repeating: "x", count: 128),
    ])
    func `a call's id survives its bytes`(_ text: String) throws {
        for kind in [RunID.Kind.call, .message] {
            let id = try #require(RunID(kind, text))
            #expect(RunID(bytes: id.bytes) == id)
        }
        #expect(RunID(.call, "") == nil)
        #expect(RunID(.call, text + String(repeating: "x", count: 128)) == nil)
    }
}
