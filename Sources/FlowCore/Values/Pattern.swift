import CPCRE2

/// A pattern for a whole text, in the syntax of Perl's regular expressions as PCRE2 reads them (pcre2pattern(3)).
///
/// Look-around and back-references are refused, and a match takes a bounded number of steps: the text comes from a caller,
/// and must not be able to keep flowd busy. `\d`, `\w` and `\s` mean ASCII; `\p{L}` is any letter.
package final class Pattern: Sendable {
    package enum Match: Hashable, Sendable {
        case matches, differs
        /// The text needs more than ``steps`` steps, or more memory than ``memory``, to be told; it counts as no match.
        case tooManySteps
    }

    /// Steps of PCRE2 that one match takes at most.
    package static let steps: UInt32 = 100_000
    /// KiB that one match takes at most for the places to which it may have to go back.
    private static let memory: UInt32 = 16_384
    /// Bytes of a pattern at most.
    package static let length = 1_000

    /// For the whole of a UTF-8 text; without `\C`, which matches one byte of a character.
    private static let options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_ANCHORED | PCRE2_ENDANCHORED

    /// As the author wrote it.
    package let text: String
    // PCRE2 changes neither once it has made them, and so threads share them (pcre2api(3), "Multithreading").
    private nonisolated(unsafe) let code: OpaquePointer
    private nonisolated(unsafe) let limits: OpaquePointer

    package init(_ text: String) throws(PatternFailure) {
        guard text.utf8.count <= Self.length else {
            throw PatternFailure("the pattern has \(text.utf8.count) bytes, limit \(Self.length)")
        }
        try PatternItems.check(text, Self.options)
        self.text = text
        code = try Self.compile(text, Self.options)
        guard let limits = pcre2_match_context_create_8(nil) else {
            pcre2_code_free_8(code)
            throw PatternFailure("there is no memory for the pattern")
        }
        self.limits = limits
        pcre2_set_match_limit_8(limits, Self.steps)
        pcre2_set_heap_limit_8(limits, Self.memory)
    }

    deinit {
        pcre2_match_context_free_8(limits)
        pcre2_code_free_8(code)
    }

    /// Whether the pattern fits the whole of a text.
    package func match(_ subject: String) -> Match {
        // No memory for the match: it cannot be told, as with too many steps.
        guard let found = pcre2_match_data_create_8(1, nil) else { return .tooManySteps }
        defer { pcre2_match_data_free_8(found) }
        let bytes = Array(subject.utf8)
        let result = bytes.withUnsafeBufferPointer { bytes in
            pcre2_match_8(code, bytes.baseAddress, bytes.count, 0, 0, found, limits)
        }
        if result >= 0 { return .matches }
        return result == PCRE2_ERROR_NOMATCH ? .differs : .tooManySteps
    }

    static func compile(_ text: String, _ options: UInt32) throws(PatternFailure) -> OpaquePointer {
        var error: Int32 = 0
        var place = 0
        let bytes = Array(text.utf8)
        let code = bytes.withUnsafeBufferPointer { bytes in
            pcre2_compile_8(bytes.baseAddress, bytes.count, options, &error, &place, nil)
        }
        if let code { return code }
        var message = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(error, &message, message.count)
        let words = length > 0 ? String(decoding: message.prefix(Int(length)), as: UTF8.self) : "error \(error)"
        throw PatternFailure(words, at: PatternFailure.character(before: place, in: bytes))
    }
}

/// Why a text is no ``Pattern``.
package struct PatternFailure: Error, Hashable, Sendable {
    package let message: String
    /// Where, in UTF-8 bytes of the text; nil for all of it.
    package let range: Range<Int>?

    init(_ message: String, at range: Range<Int>? = nil) {
        self.message = message
        self.range = range
    }

    /// The character that PCRE2 had read last when it stopped; nil where it had read none.
    static func character(before place: Int, in bytes: [UInt8]) -> Range<Int>? {
        guard place > 0, place <= bytes.count else { return nil }
        let start = bytes[..<place].lastIndex { $0 & 0xC0 != 0x80 } ?? 0
        return start..<place
    }
}
