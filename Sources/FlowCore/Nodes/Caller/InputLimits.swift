import FlowDocument

/// How many digits an input may have and how long it may take: numbers that depend on each other.
struct InputLimits {
    private static let maxDigits = Field(
        "max_digits",
        .wholeNumber(1...99, unit: "digits"),
        default: "99",
        "How many digits end the input; where the caller can speak 32 at most."
    )
    private static let minDigits = Field(
        "min_digits",
        .wholeNumber(1...99, unit: "digits"),
        default: "1",
        "Fewer digits are invalid."
    )
    private static let timeout = Field(
        "timeout",
        .wholeNumber(1...60, unit: "seconds"),
        default: "5",
        "How long flowd waits for the first key or word; where the caller can speak 5 at least."
    )
    private static let digitTimeout = Field(
        "digit_timeout",
        .wholeNumberOr("auto", 1...30, unit: "seconds"),
        "How long flowd waits between keys, `timeout` where it is left out; where the caller can speak 2 to 10 or `auto`."
    )
    static let fields = [maxDigits, minDigits, timeout, digitTimeout]

    let digits: ClosedRange<Int>
    /// Seconds until the first key or word.
    let timeout: Int
    /// Seconds between keys; nil for `auto`, and for as many as ``timeout``.
    let digitTimeout: Int?

    init(_ reader: FieldReader, takesSpeech: Bool) {
        let reason = ", as the caller can speak"
        var most = reader.wholeNumber(Self.maxDigits)
        if takesSpeech {
            if reader.value(Self.maxDigits) != nil {
                Self.check(most, 1...32, "digits", Self.maxDigits, reason, reader)
            }
            most = min(32, most)
        }
        let least = reader.wholeNumber(Self.minDigits)
        Self.check(least, 1...most, "digits", Self.minDigits, ", as \"max_digits\" is \(most)", reader)
        digits = min(least, most)...most
        let seconds = reader.wholeNumber(Self.timeout)
        digitTimeout = reader.wholeNumberOrWord(Self.digitTimeout)
        timeout = takesSpeech ? max(5, seconds) : seconds
        if takesSpeech {
            Self.check(seconds, 5...60, "seconds", Self.timeout, reason, reader)
            if let digitTimeout { Self.check(digitTimeout, 2...10, "seconds", Self.digitTimeout, reason, reader) }
        } else if let value = reader.value(Self.digitTimeout), value.text == "auto" {
            reader.wrongType(Self.digitTimeout, value, expected: "1 to 30 seconds, as the caller cannot speak,")
        }
    }

    private static func check(
        _ number: Int,
        _ range: ClosedRange<Int>,
        _ unit: String,
        _ field: Field,
        _ reason: String,
        _ reader: FieldReader
    ) {
        guard !range.contains(number), let value = reader.value(field) else { return }
        reader.scope.report(
            .wrongType,
            "expected \(range.lowerBound) to \(range.upperBound) \(unit) in \"\(field.name)\"\(reason), found \(number)",
            at: value.span
        )
    }
}
