/// Decides whether what a caller entered is what the node wants.
struct InputTest: Sendable {
    enum Verdict {
        case valid, invalid
        /// The pattern needs too many steps to tell: it counts as invalid.
        case tooManySteps
    }

    let takesDigits: Bool
    /// How many digits are valid.
    let digits: ClosedRange<Int>
    /// A digit, `*`, `#` or `none`.
    let finishKey: String
    let pattern: Pattern?
    /// nil where the caller cannot speak.
    let recognition: Recognition?

    /// - Returns: the input, without the key that ended it, and whether it is valid.
    func judge(_ heard: InputWait.Heard) -> (text: String, verdict: Verdict) {
        switch heard.kind {
        case .digits:
            let text = withoutFinishKey(heard.text)
            let isWanted =
                takesDigits && digits.contains(text.utf8.count)
                && text.utf8.allSatisfy { "0123456789*#".utf8.contains($0) }
            return (text, isWanted ? match(text) : .invalid)
        case .speech:
            let isWanted = recognition?.isSure(heard.confidence) ?? false
            return (heard.text, isWanted ? match(heard.text) : .invalid)
        case .nothing, .hangup: return ("", .invalid)
        }
    }

    /// Plivo leaves the key out; where it does not, it is still no part of the input.
    private func withoutFinishKey(_ text: String) -> String {
        text.count > 1 && text.hasSuffix(finishKey) ? String(text.dropLast()) : text
    }

    private func match(_ text: String) -> Verdict {
        switch pattern?.match(text) {
        case .matches, nil: .valid
        case .differs: .invalid
        case .tooManySteps: .tooManySteps
        }
    }

    // MARK: Examples

    /// Keys that a caller might press: some that are valid, and some that are not.
    var keys: [PlayWord] {
        let ascending = String(String(repeating: "1234567890", count: 10).prefix(digits.upperBound))
        let valid =
            [ascending.prefix(max(4, digits.lowerBound)), ascending.prefix(digits.lowerBound)]
            .map(String.init) + ["0", "1", "2024", "12345", String(repeating: "0", count: digits.lowerBound)]
        let invalid = ["1", "9", "0", "*", ascending + "1"]
        return words(.digits, valid: valid, invalid: invalid)
    }

    /// What a caller might say.
    var words: [PlayWord] {
        words(
            .speech,
            valid: (recognition?.phrases ?? []) + ["yes", "hello", "one", "1234"],
            invalid: [InputWait.unclear, "42"]
        )
    }

    private func words(_ kind: InputWait.Heard.Kind, valid: [String], invalid: [String]) -> [PlayWord] {
        func first(_ texts: [String], _ wanted: Bool) -> String? {
            texts.first { text in
                var heard = InputWait.Heard(kind, text)
                heard.confidence = InputWait.confidence(of: text)
                return (judge(heard).verdict == .valid) == wanted
            }
        }
        let good = first(valid, true).map { PlayWord($0, outcome: "input", "a valid input") }
        let bad = first(invalid, false).map { PlayWord($0, outcome: "invalid_input", "an input that is not valid") }
        return [good, bad].compactMap(\.self)
    }
}
