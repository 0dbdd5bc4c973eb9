import FlowCore
import FlowWeb
import Testing

@Suite("A form")
struct FormReaderTests {
    private static let decoded: [(form: String, pairs: [[String]])] = [
        ("", []),
        ("a=b", [["a", "b"]]),
        ("a=b&c=d", [["a", "b"], ["c", "d"]]),
        ("a=1&a=2", [["a", "1"], ["a", "2"]]),
        ("a+b=c+d", [["a b", "c d"]]),
        ("a%20b=c%2Bd", [["a b", "c+d"]]),
        ("%61=%c3%A9%E2%9C%93", [["a", "é✓"]]),
        ("a=b=c", [["a", "b=c"]]),
        ("a%3Db=%26", [["a=b", "&"]]),
        ("a", [["a", ""]]),
        ("a=", [["a", ""]]),
        ("&&a=1&&b=2&", [["a", "1"], ["b", "2"]]),
        ("=v", [["", "v"]]),
        ("a=%00%0a%1B", [["a", "\u{0}\n\u{1B}"]]),
        ("a=x%FFy", [["a", "x\u{FFFD}y"]]),
        ("a=<b>\"'&b=😀", [["a", "<b>\"'"], ["b", "😀"]]),
    ]

    @Test("is decoded as browsers do", arguments: decoded)
    func decoding(form: String, pairs: [[String]]) throws {
        let parameters = try FormReader.read(Array(form.utf8))
        #expect(parameters.pairs.map { [$0.name, $0.value] } == pairs)
        #expect(try FormReader.read(query: form) == parameters)
        #expect(try FormReader.read(("?" + form).utf8.dropFirst().map(\.self)[...]) == parameters)
    }

    @Test("keeps bytes that are no UTF-8, for a signature is over them")
    func invalidUTF8() throws {
        #expect(try FormReader.read(query: "a=%FF%C3").bytes == [0x61, 0xFF, 0xC3])
    }

    private static let refused: [(form: String, reason: String)] = [
        ("From=%zz", #"the parameter "From" has broken percent-encoding"#),
        ("a=1&From=x%2", #"the parameter "From" has broken percent-encoding"#),
        ("From=%", #"the parameter "From" has broken percent-encoding"#),
        ("From=%2&a=b", #"the parameter "From" has broken percent-encoding"#),
        ("From=%+1", #"the parameter "From" has broken percent-encoding"#),
        ("a=b&%g0=1", "the name of parameter 2 has broken percent-encoding"),
        ("%0a%22=%", #"the parameter "\n\"" has broken percent-encoding"#),
    ]

    @Test("with broken percent-encoding is refused in one line", arguments: refused)
    func broken(form: String, reason: String) {
        #expect(throws: Refusal(reason)) { try FormReader.read(query: form) }
    }

    @Test("with a long broken name is refused in a short line")
    func longName() throws {
        let refusal = try #require(throws: Refusal.self) {
            try FormReader.read(query: String(repeating: "n", count: 60_000) + "=%")
        }
        #expect(refusal.reason.utf8.count < 128)
    }

    @Test("holds a thousand parameters and not one more")
    func count() throws {
        let thousand = (1...1_000).map { "p\($0)=\($0)" }.joined(separator: "&")
        #expect(try FormReader.read(query: thousand)["p1000"] == "1000")
        #expect(throws: Refusal("there are more than 1,000 parameters")) {
            try FormReader.read(query: thousand + "&q=")
        }
        #expect(try FormReader.read(query: String(repeating: "&", count: 60_000)).isEmpty)
    }

    @Test("of 64 KiB in one value is read")
    func large() throws {
        let value = String(repeating: "%F0%9F%98%80", count: 5_400)
        #expect(try FormReader.read(query: "Text=" + value)["Text"] == String(repeating: "😀", count: 5_400))
    }
}
