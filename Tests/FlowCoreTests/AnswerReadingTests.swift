import Testing

@testable import FlowCore

@Suite struct AnswerReadingTests {
    private func read(_ body: [UInt8], _ type: String = "application/json") -> (response: Datum, remark: AnswerRemark?)
    {
        RequestResult(statusCode: 200, contentType: type, body: body).reading
    }

    private static func name(_ text: String) -> Datum { .object([Datum.Member("name", .text(text))]) }

    @Test(
        arguments: [
            // The type says so, in all its spellings.
            ("application/json", #"{"name":"Zoë"}"#, name("Zoë")),
            ("APPLICATION/JSON ; charset=UTF-8", #"{"name":"Zoë"}"#, name("Zoë")),
            ("application/vnd.api+json", #"{"name":"Zoë"}"#, name("Zoë")),
            ("application/json", #""sales""#, .text("sales")), ("text/json", "17", .number("17")),
            // The body says so.
            ("text/html", "\u{FEFF} \r\n\t{\"name\":\"Zoë\"}", name("Zoë")), ("", "[1]", .list([.number("1")])),
            // Numbers keep their digits, and the last of two equal keys counts.
            (
                "", "[1.50, 10000000000000000000001, -0, 1e3]",
                .list(["1.50", "10000000000000000000001", "-0", "1e3"].map(Datum.number))
            ),
            ("", #"{"name":"a","name":"b"}"#, name("b")),
            // Halves of pairs, first, last, alone and in the wrong order; whole pairs and escaped backslashes stay.
            ("", #"{"name":"Zo \ud83d"}"#, name("Zo \u{FFFD}")), ("", #"{"name":"\uDE00!"}"#, name("\u{FFFD}!")),
            ("", #"{"name":"\ude00\ud83d"}"#, name("\u{FFFD}\u{FFFD}")),
            ("", #"{"name":"\ud83d\ud83d\ude00"}"#, name("\u{FFFD}😀")),
            ("", #"{"name":"\ud83d\n"}"#, name("\u{FFFD}\n")), ("", #"{"name":"\\ud83d"}"#, name(#"\ud83d"#)),
            ("", #"{"\ud83d":1}"#, .object([Datum.Member("\u{FFFD}", .number("1"))])),
            // No JSON, and not said to be.
            ("text/plain", "[hi]", .text("[hi]")), ("", "\u{FEFF}+12025551234", .text("+12025551234")),
            ("application/x-ndjson", "{}\n{}", .text("{}\n{}")), ("text/plain", "17", .text("17")),
        ] as [(String, String, Datum)]
    )
    func `a body is read as JSON or as text`(type: String, body: String, response: Datum) {
        let reading = read(Array(body.utf8), type)
        #expect(reading.response == response)
        #expect(reading.remark == nil)
    }

    @Test(
        arguments: [
            ("text/plain; charset=windows-1252", [0x5A, 0x6F, 0xEB, 0x80], "Zoë€"),
            ("text/plain; charset=\"ISO-8859-1\"", [0xE9, 0x92], "é’"), ("text/plain;charset=latin1", [0xFF], "ÿ"),
            ("text/plain; x=\"a;charset=utf-16\"; charset=windows-1252", [0xE9], "é"),
            ("text/plain", [0x5A, 0xE9, 0x21], "Z\u{FFFD}!"), ("text/plain; charset=us-ascii", [0xC3, 0xA9], "é"),
            ("text/plain; charset=windows-1252", [0xEF, 0xBB, 0xBF, 0xC3, 0xA9], "é"),
            ("text/plain", [0xFF, 0xFE, 0xE9, 0x00], "é"), ("text/plain", [0xFE, 0xFF, 0x00, 0xE9, 0x00], "é\u{FFFD}"),
            ("text/plain; charset=utf-16be", [0xD8, 0x3D, 0xDE, 0x00, 0xD8, 0x3D], "😀\u{FFFD}"),
        ] as [(String, [UInt8], String)]
    )
    func `a text is decoded by its mark, its label, or as UTF-8`(type: String, body: [UInt8], text: String) {
        #expect(read(body, type).response == .text(text))
    }

    @Test func `JSON is decoded by its label too, and what is no UTF-8 costs no more than itself`() {
        let bytes = Array(#"{"name":"Zo"#.utf8) + [0xEB] + Array(#""}"#.utf8)
        #expect(read(bytes, "application/json; charset=iso-8859-1").response == Self.name("Zoë"))
        #expect(read(bytes).response == Self.name("Zo\u{FFFD}"))
        #expect(read(bytes).remark == nil)
    }

    @Test(
        arguments: [
            ("{\"a\":1,\n \"b\":}", "the answer is labelled JSON, but it is not valid JSON: line 2, column 6"),
            ("<html>down</html>", "the answer is labelled JSON, but it is not valid JSON: line 1, column 1"),
            (
                "[" + String(repeating: "1,", count: 20_000) + "1]",
                "the answer is JSON that is too large to read: more than 20,000 keys and values"
            ),
            (
                String(repeating: "[", count: 70) + String(repeating: "]", count: 70),
                "the answer is JSON that is too large to read: lists and mappings are nested more than 64 deep"
            ),
        ]
    )
    func `a body that is labelled JSON and cannot be read gives nothing, and says why`(body: String, words: String) {
        let reading = read(Array(body.utf8))
        #expect(reading.response == .missing)
        #expect(reading.remark == AnswerRemark(.notJSON, words))
    }

    @Test(arguments: ["", " \r\n", "\u{FEFF}"])
    func `an answer without a body is no mistake`(body: String) {
        let reading = read(Array(body.utf8))
        #expect(reading.response == .missing)
        #expect(reading.remark == nil)
    }

    @Test func `a text that is too long is cut, and says so`() {
        let reading = read(Array(repeating: UInt8(ascii: "a"), count: 65_537), "text/plain")
        #expect(reading.response == .text(String(repeating: "a", count: 65_536)))
        #expect(
            reading.remark == AnswerRemark(.textCut, "the text of the answer was cut: it has more than 65536 bytes")
        )
    }

    @Test func `what the courier remarked is passed on`() {
        let remark = AnswerRemark(.bodyLost, "the body of the answer is lost: connection reset")
        let reading = RequestResult(statusCode: 200, contentType: "application/json", remark: remark).reading
        #expect(reading.response == .missing)
        #expect(reading.remark == remark)
    }
}
