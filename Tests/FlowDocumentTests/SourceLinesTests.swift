import FlowDocument
import Testing

@Suite struct SourceLinesTests {
    @Test(arguments: [
        ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\nb", ["a", "b"]),
        ("a\r\nb\rc\n\nd", ["a", "b", "c", "", "d"]),
        ("\u{FEFF}é\nb", ["é", "b"]), ("\r\n", ["", ""]),
    ])
    func `a text falls into its lines`(text: String, expected: [String]) {
        let lines = SourceLines(Array(text.utf8))
        #expect(lines.count == expected.count)
        #expect((1...lines.count).map { lines[$0] } == expected)
        #expect(lines[0] == nil)
        #expect(lines[lines.count + 1] == nil)
    }

    @Test func `bytes that are no UTF-8 are shown as such`() {
        #expect(SourceLines([0x61, 0xFF, 0x62])[1] == "a\u{FFFD}b")
    }

    @Test func `an offset has a line and a column`() {
        let lines = SourceLines(Array("\u{FEFF}éx\r\n\n日y".utf8))
        let places = [3, 5, 6, 8, 9, 12, 13].map { lines.position(at: $0) }
        #expect(
            places == [
                Position(line: 1, column: 1, offset: 3), Position(line: 1, column: 2, offset: 5),
                Position(line: 1, column: 3, offset: 6), Position(line: 2, column: 1, offset: 8),
                Position(line: 3, column: 1, offset: 9), Position(line: 3, column: 2, offset: 12),
                Position(line: 3, column: 3, offset: 13),
            ]
        )
        #expect(lines.position(at: -5) == Position(line: 1, column: 1, offset: 3))
        #expect(lines.position(at: 99) == Position(line: 3, column: 3, offset: 13))
    }
}
