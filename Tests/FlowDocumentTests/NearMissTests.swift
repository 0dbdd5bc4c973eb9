import FlowDocument
import Testing

@Suite struct NearMissTests {
    @Test(
        arguments: [
            ("ring_timout", "ring_timeout"), ("LogMis", "LogMiss"), ("noanswer", "no_answer"), ("Strat", "Start"),
            ("TYPE", "type"), ("bsuy", "busy"), ("x", nil), ("elsewhere", nil),
        ] as [(String, String?)]
    )
    func `a name is guessed only where it is close`(name: String, expected: String?) {
        let names = ["ring_timeout", "LogMiss", "no_answer", "Start", "type", "busy", "completed", "to"]
        #expect(nearMiss(name, among: names) == expected)
    }

    @Test(
        arguments: [
            ("LOGMISS", "logmiss"), ("Ünt", "ÜNIT"), ("Bürο", "büro"), ("CAFÉ", "café"), ("", nil), ("k", "\u{212A}"),
        ] as [(String, String?)]
    )
    func `capitals do not matter`(name: String, expected: String?) {
        #expect(nearMiss(name, among: ["logmiss", "ÜNIT", "büro", "café", "\u{212A}"]) == expected)
    }

    @Test func `of two that are equally near it is the first`() {
        #expect(nearMiss("node", among: ["nodes", "nod", "Node", "NODE"]) == "Node")
        #expect(nearMiss("node", among: ["anode", "nodes", "node"]) == "anode")
    }

    @Test func `nobody mistypes a very long name`() {
        let name = String(repeating: "ab", count: 32)
        #expect(nearMiss(name, among: [name + "c"]) == name + "c")
        #expect(nearMiss(name + "d", among: [name + "c"]) == nil)
        #expect(nearMiss("é" + name.dropFirst(), among: [name]) == name)
    }

    @Test func `distances are those of the whole table`() {
        var random = SystemRandomNumberGenerator()
        func name(_ letters: String, _ lengths: ClosedRange<Int>) -> String {
            let length = Int.random(in: lengths, using: &random)
            return String((0..<length).compactMap { _ in letters.randomElement(using: &random) })
        }
        for round in 0..<400 {
            let letters = round.isMultiple(of: 4) ? "abÉéK" : "abcABC_"
            let lengths = round.isMultiple(of: 3) ? 1...64 : 1...9
            let wanted = name(letters, lengths)
            let names = (0..<8).map { _ in name(letters, lengths) }
            #expect(nearMiss(wanted, among: names) == Self.nearest(to: wanted, among: names), "\(wanted) in \(names)")
        }
    }

    /// The same, from the definition.
    private static func nearest(to name: String, among names: [String]) -> String? {
        let wanted = Array(name.lowercased().unicodeScalars)
        let bound = wanted.count <= 3 ? 1 : max(2, wanted.count / 3)
        var best: (name: String, distance: Int)?
        for other in names where other != name {
            let distance = distance(wanted, Array(other.lowercased().unicodeScalars))
            if distance <= bound, distance < best?.distance ?? .max { best = (other, distance) }
        }
        return best?.name
    }

    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var table = (0...a.count).map { i in (0...b.count).map { j in i == 0 ? j : i } }
        for i in 1...a.count {
            for j in 1...b.count {
                let last = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, last)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
                }
            }
        }
        return table[a.count][b.count]
    }
}
