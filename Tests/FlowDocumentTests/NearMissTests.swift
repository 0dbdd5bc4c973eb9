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
            ("LOGMISS", "logmiss"), ("Ünt", nil), ("ÜnNIT", "ÜNIT"), ("Bürο", "büro"), ("CAFÉ", "café"), ("", nil),
            ("k", "\u{212A}"),
        ] as [(String, String?)]
    )
    func `capitals do not matter`(name: String, expected: String?) {
        #expect(nearMiss(name, among: ["logmiss", "ÜNIT", "büro", "café", "\u{212A}"]) == expected)
    }

    @Test func `of two that are equally near it is the one with the same letters, or none`() {
        #expect(nearMiss("node", among: ["nodes", "nod", "Node", "NODE"]) == "Node")
        #expect(nearMiss("node", among: ["anode", "ndoe", "nodes", "node"]) == "ndoe")
        #expect(nearMiss("node", among: ["ndoe", "nodes", "onde"]) == nil)
        #expect(nearMiss("node", among: ["anode", "nodes", "node"]) == nil)
        #expect(nearMiss("node", among: ["nodes", "nodes"]) == "nodes")
    }

    @Test(arguments: [
        ("body", ["mode", "url"]), ("path", ["auth"]), ("12", ["1"]), ("A", ["0"]), ("A3", ["A1", "A2"]),
        ("FD999", ["FD109"]), ("+3105551234", ["+13105551234"]), ("elsewhere", ["somewhere"]),
    ])
    func `there is no guess where it would often be wrong`(name: String, names: [String]) {
        #expect(nearMiss(name, among: names) == nil)
    }

    @Test(arguments: [
        ("ot", "to"), ("Url", "url"), ("busi", "busy"), ("Reprot", "Report"), ("hangup_on_satr", "hangup_on_star"),
        ("DialHangupCase", "DialHangupCause"),
    ])
    func `there is a guess where it is hardly wrong`(name: String, expected: String) {
        #expect(nearMiss(name, among: ["type", expected, "mode"]) == expected)
    }

    @Test(arguments: [("frm", "from"), ("uid", "uuid"), ("ot", "to"), ("ax", nil), ("id", nil), ("tx", nil)])
    func `of short names more is guessed where that is asked for`(name: String, expected: String?) {
        #expect(nearMiss(name, among: ["from", "to", "uuid", "text"], swapsUpTo: 2) == expected)
        #expect(name == "ot" || nearMiss(name, among: ["from", "to", "uuid", "text"]) == nil)
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
            let letters = round.isMultiple(of: 4) ? "abÉéK" : "abcABC"
            let lengths = round.isMultiple(of: 3) ? 1...64 : 1...9
            let wanted = name(letters, lengths)
            let names = (0..<8).map { _ in name(letters, lengths) }
            #expect(nearMiss(wanted, among: names) == Self.nearest(to: wanted, among: names), "\(wanted) in \(names)")
        }
    }

    /// The same, from the definition.
    private static func nearest(to name: String, among names: [String]) -> String? {
        let wanted = Array(name.lowercased().unicodeScalars)
        let bound = wanted.count <= 5 ? 1 : wanted.count < 12 ? 2 : 3
        let others = names.filter { $0 != name }.map { other in
            let scalars = Array(other.lowercased().unicodeScalars)
            let isSwap = distance(wanted, scalars) == 1 && scalars.sorted() == wanted.sorted()
            return (name: other, distance: distance(wanted, scalars), isSwap: isSwap)
        }
        let least = others.map(\.distance).min() ?? .max
        let nearest = others.filter { $0.distance == least }
        if least == 0 { return nearest.first?.name }
        guard least <= bound else { return nil }
        let swaps = Set(nearest.filter(\.isSwap).map(\.name))
        let all = swaps.isEmpty && wanted.count > 3 ? Set(nearest.map(\.name)) : swaps
        return all.count == 1 ? all.first : nil
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
