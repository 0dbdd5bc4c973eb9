import FlowDocument
import Testing

@Suite struct ReadTests {
    @Test func `the example of the contract is read without a finding`() {
        let result = read(contractExample)
        #expect(result.findings == [])
        #expect(
            result.outline == """
                {version: "1", name: "dial-status", description: "Forward the call, then report how it ended.", \
                numbers: ["+14155550100"], nodes: {Start: {type: "start", transitions: {incoming_call: "Forward"}}, \
                Forward: {type: "call_forward", from: "<<Start.call.from>>", to: "+12025551234, +12025555678", \
                transitions: {completed: "Report", no_answer: "Report", busy: "Report", failed: "Report"}}, \
                Report: {type: "http_request", method: "POST", url: "https://example.com/dialstatus/action/", \
                body: {caller: "<<Start.call.from>>", DialStatus: "<<Forward.DialStatus>>", \
                DialRingStatus: "<<Forward.DialRingStatus>>", DialHangupCause: "<<Forward.DialHangupCause>>", \
                DialALegUUID: "<<Forward.DialALegUUID>>", DialBLegUUID: "<<Forward.DialBLegUUID>>"}}}}
                """
        )
    }

    @Test func `a tree knows its file, format and bytes`() throws {
        let document = try #require(read("a: 1").document)
        #expect(document.file == "flow.yaml")
        #expect(document.format == .yaml)
        #expect(document.source == Array("a: 1".utf8))
    }

    @Test(arguments: [Document.Format.yaml, .json])
    func `a byte order mark is skipped`(format: Document.Format) throws {
        let result = read("\u{FEFF}{\"a\": \"é\",\n\"b\": 1}", format)
        #expect(result.findings == [])
        let root = try #require(result.document?.root)
        #expect(root.span == Span(Position(line: 1, column: 1, offset: 3), Position(line: 2, column: 8, offset: 22)))
        #expect(root["a"]?.span.outline == "1:7-1:10")
        #expect(root["b"]?.span.outline == "2:6-2:7")
    }

    @Test(arguments: [Document.Format.yaml, .json])
    func `lines may end with CR LF`(format: Document.Format) throws {
        let root = try #require(read("{\"a\": 1,\r\n\"b\": 2}\r\n", format).document?.root)
        #expect(root.outline == "{a: \"1\", b: \"2\"}")
        #expect(root["b"]?.span.outline == "2:6-2:7")
    }

    @Test(arguments: ["", "\n", "# nothing yet\n", "---\n", "\u{FEFF}", "  \n\n"])
    func `an empty YAML file says what a flow has`(text: String) {
        let result = read(text)
        #expect(result.document == nil)
        #expect(result.outlines == ["1:1-1:1 FD109 the file is empty. a flow has at least \"nodes\""])
    }

    @Test(arguments: ["", " \n", "\u{FEFF}"])
    func `an empty JSON file says what a flow has`(text: String) {
        let result = read(text, .json)
        #expect(result.document == nil)
        #expect(result.outlines == ["1:1-1:1 FD109 the file is empty. a flow has at least \"nodes\""])
    }

    @Test(arguments: [Document.Format.yaml, .json])
    func `a file over the limit is not looked at`(format: Document.Format) {
        let result = Document.read(Array(repeating: 0x5B, count: 3 << 20), file: "f", format: format)
        #expect(result.document == nil)
        #expect(result.outlines == ["1:1-1:1 FD108 file has 3,145,728 bytes, limit 1,048,576"])
    }

    @Test(.timeLimit(.minutes(5)), arguments: [Document.Format.yaml, .json])
    func `200,000 brackets are refused at the sixty-fifth`(format: Document.Format) {
        let result = read(String(repeating: "[", count: 200_000), format)
        #expect(result.document == nil)
        #expect(result.outlines == ["1:65-1:65 FD108 lists and mappings are nested more than 64 deep"])
    }

    @Test(arguments: [Document.Format.yaml, .json])
    func `64 brackets are fine`(format: Document.Format) {
        let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(read(text, format).outline == text)
    }

    @Test func `block mappings count as deep as brackets`() {
        let text = (0..<65).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(read(text).outlines == ["65:65-65:65 FD108 lists and mappings are nested more than 64 deep"])
    }

    @Test(arguments: [Document.Format.yaml, .json])
    func `too many values are refused at the first that is too much`(format: Document.Format) {
        let result = read("{\"a\": [1, 2, 3]}", format, limits: Limits(values: 4))
        #expect(result.outlines == ["1:11-1:11 FD108 more than 4 keys and values"])
    }

    @Test(
        arguments: [
            [0xFF, 0xFE, 0x61, 0x00, 0x3A, 0x00], [0xFE, 0xFF, 0x00, 0x61],
            [0x61, 0x00, 0x3A, 0x00, 0x20, 0x00], [0x00, 0x61, 0x00, 0x3A],
        ] as [[UInt8]],
        [Document.Format.yaml, .json]
    )
    func `UTF-16 is refused by name`(source: [UInt8], format: Document.Format) {
        let result = Document.read(source, file: "f", format: format)
        #expect(result.document == nil)
        #expect(result.outlines == ["1:1-1:1 FD106 file is UTF-16, and a flow is UTF-8"])
        #expect(result.findings.first?.help == ["save it as UTF-8"])
    }

    @Test func `bytes that are not UTF-8 are each reported, and reading goes on`() {
        let source = Array("a: x".utf8) + [0xFF] + Array("y\nb: ".utf8) + [0xC3, 0x28] + Array("\na: z\n".utf8)
        #expect(
            Document.read(source, file: "f", format: .yaml).outlines == [
                "1:5-1:6 FD106 byte 0xFF is not UTF-8",
                "2:4-2:5 FD106 byte 0xC3 is not UTF-8",
                "3:1-3:2 FD103 key \"a\" is defined twice",
            ]
        )
        let json = Array("{\"a\": \"x".utf8) + [0xFF] + Array("\"}".utf8)
        #expect(Document.read(json, file: "f", format: .json).outlines == ["1:9-1:10 FD106 byte 0xFF is not UTF-8"])
    }

    @Test func `a binary file gives ten findings, not thousands`() {
        let source = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7 | 0x81) }
        let result = Document.read(source, file: "f", format: .yaml)
        #expect(result.document == nil)
        #expect(result.findings.count == 10)
    }

    @Test(arguments: [Document.Format.yaml, .json])
    func `a key that comes twice is reported at the second, and the first stays`(format: Document.Format) {
        let result = read("{\"a\": 1, \"b\": {\"c\": 1},\n \"a\": {\"d\": 2}, \"e\": 3}", format)
        #expect(result.outline == "{a: \"1\", b: {c: \"1\"}, e: \"3\"}")
        let first = Span(Position(line: 1, column: 2, offset: 1), Position(line: 1, column: 5, offset: 4))
        let second = Span(Position(line: 2, column: 2, offset: 25), Position(line: 2, column: 5, offset: 28))
        let file = "flow.\(format.rawValue)"
        #expect(
            result.findings == [
                Finding(
                    .duplicateKey,
                    "key \"a\" is defined twice",
                    file: file,
                    span: second,
                    related: [Finding.Related("first defined here", file: file, span: first)]
                )
            ]
        )
    }

    @Test func `keys that look the same are the same, also in a long mapping`() {
        let long = (0..<40).map { "k\($0): \($0)\n" }.joined()
        #expect(
            read(long + "é: 1\ne\u{301}: 2\nk3: 4\n").outlines == [
                "42:1-42:3 FD103 key \"e\u{301}\" is defined twice", "43:1-43:3 FD103 key \"k3\" is defined twice",
            ]
        )
    }
}
