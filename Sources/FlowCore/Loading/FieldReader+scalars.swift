import FlowDocument

/// Numbers, booleans and words of a choice.
extension FieldReader {
    func wholeNumber(_ field: Field) -> Int {
        guard case .wholeNumber(let range, let unit) = field.kind else {
            preconditionFailure("\(field.name) does not take a number")
        }
        let fallback = field.defaultText.flatMap { Int($0) } ?? range.lowerBound
        var wanted: String { "a whole number of \(unit)" }
        guard let value = scalar(field, expecting: wanted), let text = value.text else { return fallback }
        guard !isTemplate(value, wanted: wanted, field) else { return fallback }
        guard let number = Self.wholeNumber(text) else {
            let seconds = unit == "seconds" ? ForeignWords.seconds(text) : nil
            wrongType(field, value, expected: wanted, fixes: seconds.map { [writing($0, in: value, .safe)] } ?? [])
            return fallback
        }
        guard range.contains(number) else {
            scope.report(
                field.roles.contains(.timeLimit) && number > range.upperBound ? .timeLimitTooLong : .wrongType,
                "expected \(range.lowerBound) to \(range.upperBound) \(unit) in \"\(prefix)\(field.name)\", found \(text)",
                at: value.span
            )
            return fallback
        }
        settle(field, as: .number(number))
        return number
    }

    /// A whole number, or the word that stands for none.
    ///
    /// - Returns: nil for the word, and where the key is left out or has a finding.
    func wholeNumberOrWord(_ field: Field) -> Int? {
        guard case .wholeNumberOr(let word, let range, let unit) = field.kind else {
            preconditionFailure("\(field.name) does not take a number or a word")
        }
        let wanted = "\(word), or a whole number of \(unit)"
        guard let value = scalar(field, expecting: wanted), let text = value.text,
            !isTemplate(value, wanted: wanted, field)
        else { return nil }
        guard text != word else {
            settle(field, as: .word(word))
            return nil
        }
        guard let number = Self.wholeNumber(text), range.contains(number) else {
            wrongType(field, value, expected: "\(word), or \(range.lowerBound) to \(range.upperBound) \(unit)")
            return nil
        }
        settle(field, as: .number(number))
        return number
    }

    /// A decimal number: digits, with a point and more digits behind it or not.
    ///
    /// - Returns: nil where the key is left out, or has a finding.
    func decimal(_ field: Field) -> Double? {
        guard case .decimal(let range) = field.kind else {
            preconditionFailure("\(field.name) does not take a decimal number")
        }
        let wanted = "a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
        guard let value = scalar(field, expecting: wanted), let text = value.text,
            !isTemplate(value, wanted: wanted, field)
        else { return nil }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isNumber, text.utf8.first != UInt8(ascii: "."), let number = Double(text), range.contains(number) else {
            wrongType(field, value, expected: wanted)
            return nil
        }
        settle(field, as: .word(text))
        return number
    }

    /// Digits alone, with no sign: `+30` and `1e2` are other things to other tools.
    private static func wholeNumber(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text) ?? .max
    }

    func boolean(_ field: Field) -> Bool {
        let fallback = field.defaultText == "true"
        guard let value = scalar(field, expecting: "true or false"), let text = value.text else { return fallback }
        guard !isTemplate(value, wanted: "true or false", field) else { return fallback }
        guard text == "true" || text == "false" else {
            let meant = ForeignWords.boolean(text)
            let fixes = meant.map { [writing($0, in: value, .safe)] } ?? []
            wrongType(field, value, expected: "true or false", fixes: fixes)
            return fallback
        }
        settle(field, as: .boolean(text == "true"))
        return text == "true"
    }

    func choice(_ field: Field) -> String {
        guard case .choice(let words) = field.kind else { preconditionFailure("\(field.name) does not take a choice") }
        let fallback = field.defaultText ?? words[0]
        guard let value = scalar(field, expecting: "one of \(words.joined(separator: ", "))"), let text = value.text
        else {
            return fallback
        }
        guard !refuseTemplate(in: value, "\(prefix)\(field.name)") else { return fallback }
        guard words.contains(text) else {
            wrongType(
                field,
                value,
                expected: "one of \(words.joined(separator: ", "))",
                fixes: ForeignWords.choice(text, among: words).map { [writing($0, in: value, .maybe)] }
                    ?? guess(text, among: words) { scope.document.edit(value, to: $0) }
            )
            return fallback
        }
        settle(field, as: .word(text))
        return text
    }

    /// A fix that writes a word in place of a scalar.
    private func writing(_ word: String, in value: Value, _ safety: Fix.Safety) -> Fix {
        Fix("write \"\(word)\"", safety, scope.document.edit(value, to: word))
    }

    private func isTemplate(_ value: Value, wanted: String, _ field: Field) -> Bool {
        guard let text = value.text, TemplateParser.hasMarks(text) else { return false }
        scope.report(
            .typeMismatch,
            "expected \(wanted) in \"\(prefix)\(field.name)\", found a template",
            at: value.span
        )
        return true
    }
}
