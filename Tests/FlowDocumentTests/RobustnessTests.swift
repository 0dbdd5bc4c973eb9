import FlowDocument
import Testing

/// Whatever the bytes, a reader ends, and what it says has its place in the file.
@Suite(.timeLimit(.minutes(5))) struct RobustnessTests {
    static let json = """
        {"version": 1, "numbers": ["+14155550100"], "nodes": {"Start": {"type": "start",
        "to": "\\ud83d\\ude00 \\n<<Start.call.from | default: \\"é\\">>", "n": [-1.5e3, true, null, {}]}}}
        """
    static let yaml = """
        # é
        a: &x {b: [<<c>>, 'it''s'], d: {{e}}}
        "f": |+2
           <<g | h: "i">>

        j: >-
          k
           l
        <<: *x
        m: "\\u00e9 \\
          n"
        o:\tp: q
        - *y
        r: <<s | t: "u">> # v
        w: !!str <<x # y>>
        z: [{a}, ? b, <<c[0]>>]
        ---
        %
        """

    @Test(arguments: [(contractExample, Document.Format.yaml), (yaml, .yaml), (json, .json), (json, .yaml)])
    func `a file cut off at any byte is read to its end`(text: String, format: Document.Format) {
        let source = Array(text.utf8)
        for count in 0...source.count { check(Array(source[..<count]), format) }
    }

    @Test(arguments: [(contractExample, Document.Format.yaml), (yaml, .yaml), (json, .json), (json, .yaml)])
    func `a file with bytes changed at random is read to its end`(text: String, format: Document.Format) {
        var random = Seeded(state: 20_250_101)
        let pieces = [
            "<<", ">>", "{{", "}}", ": ", " #", "'", "\"", "\n", "\r", "\t", "- ", "&a ", "*a", "!t ", "é", "\\", "[",
            "]", "{", "}", ",", "|", ">", "? ", "\u{85}", "\u{2028}", "\0",
        ]
        for _ in 0..<3000 {
            var source = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<source.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: source[place] = UInt8.random(in: 0...255, using: &random)
                case 1: source.remove(at: place)
                case 2: source.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: place)
                default:
                    let end = min(source.count, place + Int.random(in: 0..<40, using: &random))
                    source.insert(contentsOf: source[place..<end], at: Int.random(in: 0...source.count, using: &random))
                }
            }
            check(source, format)
        }
    }

    /// Reads the bytes and looks whether every place that comes out of it is one.
    private func check(_ source: [UInt8], _ format: Document.Format) {
        let result = Document.read(source, file: "f", format: format)
        let lines = SourceLines(source)
        func isPlace(_ span: Span) -> Bool {
            if span == .start { return true }
            return span.start.offset <= span.end.offset && lines.position(at: span.start.offset) == span.start
                && lines.position(at: span.end.offset) == span.end
        }
        let spans = result.findings.flatMap { [$0.span] + $0.related.map(\.span) } + (result.document?.root.spans ?? [])
        let wrong = spans.filter { !isPlace($0) }.map(\.outline)
        #expect(wrong == [], "\(String(decoding: source, as: UTF8.self).debugDescription) \(result.outlines)")
        #expect(result.document != nil || !result.findings.isEmpty)
        for value in result.document?.root.scalars ?? [] {
            let whole = 0..<(value.text ?? "").utf8.count
            guard let document = result.document else { continue }
            let span = document.span(ofUTF8: whole, in: value)
            #expect(isPlace(span) && (value.span.contains(span) || value.scalar?.style == .literal))
        }
    }
}

/// SplitMix64: the same numbers on every run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
