import FlowCore
import Testing

/// Patterns for whole texts: what they match, what they refuse, and what they cost.
@Suite("Patterns")
struct PatternTests {
    @Test(arguments: [
        ("[0-9]{4}", "1234", true),
        ("[0-9]{4}", "12345", false),
        ("[0-9]{4}", "a1234", false),
        ("a|ab", "ab", true),
        ("a$", "a\n", false),
        ("", "", true),
        ("(?i)yes( please)?", "YES please", true),
        ("\\p{L}+", "Müller", true),
        ("\\w+", "Müller", false),
        ("\\d+", "٣", false),
        (".", "é", true),
        ("\\bsales\\b.*", "sales please", true),
        ("[(?=a)]+", "(?=a)", true),
        ("\\Q(?=a)\\E", "(?=a)", true),
        ("(?#(?=a)b", "b", true),
        ("(?x) b # (?=a)", "b", true),
        ("(\\()?=a", "(=a", true),
        ("([ab])(?1)", "ab", true),
        ("(?|(a)|(b))\\101", "bA", true),
        ("a\\Kb", "ab", true),
    ])
    func `a pattern fits a whole text or nothing`(_ pattern: String, _ text: String, _ fits: Bool) throws {
        #expect(try Pattern(pattern).match(text) == (fits ? .matches : .differs))
    }

    @Test(
        arguments: [
            ("a(?=b)", "a pattern cannot look around with \"(?=\"", 1..<4),
            ("é(?!b)", "a pattern cannot look around with \"(?!\"", 2..<5),
            ("((?<=b)a)", "a pattern cannot look around with \"(?<=\"", 1..<5),
            ("(?<!b)a", "a pattern cannot look around with \"(?<!\"", 0..<4),
            ("(*pla:b)", "a pattern cannot look around with \"(*pla:\"", 0..<6),
            ("(?(?=b)c|d)", "a pattern cannot look around with \"(?=\"", 2..<5),
            ("(?(DEFINE)(?<x>(?!b)))a", "a pattern cannot look around with \"(?!\"", 15..<18),
            ("(?*b)", "a pattern cannot look around with \"(?*\"", 0..<3),
            ("(a)\\1", "a pattern cannot refer back to what a group has matched", 3..<5),
            ("(?<x>a)\\k<x>", "a pattern cannot refer back to what a group has matched", 7..<12),
            ("(a)\\g{-1}", "a pattern cannot refer back to what a group has matched", 3..<9),
            ("(?P<x>a)(?P=x)", "a pattern cannot refer back to what a group has matched", 8..<14),
            ("(?J)(?<x>a)(?<x>b)\\k{x}", "a pattern cannot refer back to what a group has matched", 18..<23),
            ("a(b", "missing closing parenthesis", 2..<3),
            ("a)b", "unmatched closing parenthesis", 0..<1),
            ("[b-a]", "range out of order in character class", 2..<3),
            ("*", "quantifier does not follow a repeatable item", nil),
            ("\\C", "using \\C is disabled by the application", 1..<2),
        ] as [(String, String, Range<Int>?)]
    )
    func `what a pattern cannot hold is refused where it stands`(
        _ pattern: String,
        _ message: String,
        _ range: Range<Int>?
    ) {
        let failure = #expect(throws: PatternFailure.self) { try Pattern(pattern) }
        #expect(failure?.message == message)
        #expect(failure?.range == range)
    }

    @Test func `a pattern of 1,000 bytes is read, and one of 1,001 is not`() throws {
        #expect(try Pattern(String(repeating: "a", count: 1_000)).match("a") == .differs)
        let failure = #expect(throws: PatternFailure.self) { try Pattern(String(repeating: "a", count: 1_001)) }
        #expect(failure?.message == "the pattern has 1001 bytes, limit 1000")
    }

    @Test(arguments: ["(a+)+b", "(a|a)*b", "(?:a?){30}a{30}b", "(?:(a)|b|((?1)))*c", "(*LIMIT_MATCH=4000000000)(a+)+b"])
    func `a text that takes too many steps does not match, and the pattern says why`(_ pattern: String) throws {
        let pattern = try Pattern(pattern)
        #expect(pattern.match(String(repeating: "a", count: 40) + "!abc") == .tooManySteps)
        #expect(pattern.match(String(repeating: "a", count: 10_000) + "!abc") == .tooManySteps)
    }

    @Test func `patterns are shared by threads`() async throws {
        let pattern = try Pattern("(?:[0-9]{2}-?){2,8}")
        let found = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask { pattern.match(number % 2 == 0 ? "12-34-56" : "12-34-5") == .matches }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(found == 100)
    }
}
