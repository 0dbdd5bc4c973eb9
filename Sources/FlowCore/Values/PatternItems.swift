import CPCRE2

/// Looks through the items of a pattern for those that a ``Pattern`` does not take.
///
/// PCRE2 itself says where each item begins: it puts a callout in front of each, and lists the callouts
/// (pcre2callout(3)). Quoted texts, character classes and comments are so no matter to look out for.
enum PatternItems {
    /// What opens a group that looks ahead or back (pcre2pattern(3), "Assertions").
    private static let lookAround = [
        "(?=", "(?!", "(?<=", "(?<!", "(?*", "(?<*", "(*pla:", "(*plb:", "(*nla:", "(*nlb:", "(*napla:", "(*naplb:",
        "(*positive_lookahead:", "(*positive_lookbehind:", "(*negative_lookahead:", "(*negative_lookbehind:",
        "(*non_atomic_positive_lookahead:", "(*non_atomic_positive_lookbehind:",
    ].map { Array($0.utf8) }

    /// What begins a back-reference (pcre2pattern(3), "Backreferences").
    private static let backReference = (["\\k", "\\g", "(?P="] + (1...9).map { "\\\($0)" }).map { Array($0.utf8) }

    static func check(_ text: String, _ options: UInt32) throws(PatternFailure) {
        let code = try Pattern.compile(text, options | PCRE2_AUTO_CALLOUT)
        defer { pcre2_code_free_8(code) }
        let bytes = Array(text.utf8)
        let items = items(of: code).filter { $0.upperBound <= bytes.count }
        for item in items {
            guard let mark = lookAround.first(where: bytes[item].starts) else { continue }
            throw PatternFailure(
                "a pattern cannot look around with \"\(String(decoding: mark, as: UTF8.self))\"",
                at: item
            )
        }
        var references: UInt32 = 0
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_BACKREFMAX), &references)
        guard references > 0 else { return }
        throw PatternFailure(
            "a pattern cannot refer back to what a group has matched",
            at: items.first { item in backReference.contains(where: bytes[item].starts) }
        )
    }

    /// Where the items of a pattern stand, in bytes, those of groups too; a group's item is what opens it.
    private static func items(of code: OpaquePointer) -> [Range<Int>] {
        var items: [Range<Int>] = []
        withUnsafeMutablePointer(to: &items) { items in
            _ = pcre2_callout_enumerate_8(
                code,
                { callout, items in
                    guard let callout, let items else { return 0 }
                    let start = callout.pointee.pattern_position
                    let item = start..<start + callout.pointee.next_item_length
                    items.assumingMemoryBound(to: [Range<Int>].self).pointee.append(item)
                    return 0
                },
                items
            )
        }
        return items
    }
}
