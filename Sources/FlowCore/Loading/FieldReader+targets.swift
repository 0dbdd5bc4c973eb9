import FlowDocument

/// Numbers and SIP URIs.
extension FieldReader {
    /// Numbers and SIP URIs: comma-separated text, or a list of such.
    func targets(_ field: Field) -> [Template] {
        let targets = readTargets(field)
        if !targets.isEmpty { settle(field, as: .targets(targets)) }
        return targets
    }

    private func readTargets(_ field: Field) -> [Template] {
        guard let value = value(field) else { return [] }
        checkNumbersAreThere(field)
        guard let items = value.list else {
            guard value.scalar != nil else {
                wrongType(field, value, expected: "comma-separated text or a list")
                return []
            }
            return [target(value, field)]
        }
        return items.compactMap { item in
            guard item.scalar != nil else {
                wrongType(field, item, expected: "numbers and SIP URIs")
                return nil
            }
            return target(item, field)
        }
    }

    private func target(_ value: Value, _ field: Field) -> Template {
        let template = parse(value, of: field, key: prefix + field.name, escaping: .plain)
        // Nothing is left of what could not be read, which has its finding already.
        if !template.parts.isEmpty { checkTargets(in: value) }
        checkDefaults(of: template, in: value)
        return template
    }

    /// Reports a list of numbers in which there is none, and items of a list that are none; nothing at all behind a key that
    /// may be left out is no list.
    func checkNumbersAreThere(_ field: Field) {
        guard let value = value(field) else { return }
        guard field.isEmpty(value) else {
            for item in value.list ?? [] where item.scalar != nil && field.isEmpty(item) {
                scope.report(.missingKey, "an item of \"\(prefix)\(field.name)\" holds no number", at: item.span)
            }
            return
        }
        // A required one is reported as any key is that is required.
        guard !field.isRequired, value.text?.isBlank != true else { return }
        scope.report(.missingKey, "\"\(prefix)\(field.name)\" of \(owner) holds no number", at: value.span)
    }

    /// Checks the numbers that stand in for values that are empty.
    ///
    /// - Parameter takesSIP: whether a SIP URI could stand there too.
    func checkDefaults(of template: Template, in value: Value, takesSIP: Bool = true) {
        guard let text = value.text else { return }
        let fallbacks = template.references.compactMap { reference in
            reference.filters.last.flatMap { $0.kind == .default ? ($0.arguments[0], reference.range) : nil }
        }
        guard !fallbacks.isEmpty else { return }
        let bytes = Array(text.utf8)
        let whole = Set(CommaPart.parts(of: text).filter(\.holdsTemplate).map(\.range))
        // What is only a part of a number cannot be judged by itself.
        for (numbers, range) in fallbacks where whole.contains(range) {
            // The last thing in its template.
            let argument = bytes[range].ranges(of: Array(numbers.utf8)).last?.lowerBound
            if !numbers.isBlank, CommaPart.parts(of: numbers).isEmpty {
                reportNoNumber(numbers, at: range, in: value, takesSIP: takesSIP)
            }
            for part in CommaPart.parts(of: numbers) where !isGood(part.text, takesSIP: takesSIP) {
                let written = argument.map { $0 + part.range.lowerBound..<$0 + part.range.upperBound } ?? range
                reportNoNumber(part.text, at: written, in: value, takesSIP: takesSIP)
            }
        }
    }

    /// What names no value is checked now; what a template gives is checked when it is dialled.
    func checkTargets(in value: Value) {
        guard let text = value.text else { return }
        for part in CommaPart.parts(of: text) where !part.holdsTemplate { checkNumber(part, in: value) }
    }

    /// Says what is wrong with a part of `value` that should be a number.
    ///
    /// - Parameter takesSIP: whether a SIP URI could stand there too.
    func checkNumber(_ part: CommaPart, in value: Value, takesSIP: Bool = true) {
        let text = TemplateParser.unescaped(part.text)
        if !isGood(text, takesSIP: takesSIP) { reportNoNumber(text, at: part.range, in: value, takesSIP: takesSIP) }
    }

    private func isGood(_ text: String, takesSIP: Bool) -> Bool {
        takesSIP ? DialTarget(text, in: scope.plan) != nil : PhoneNumber(text, in: scope.plan) != nil
    }

    private func reportNoNumber(_ text: String, at range: Range<Int>, in value: Value, takesSIP: Bool) {
        let span = span(ofUTF8: range, in: value)
        func fixes(_ meant: String?, _ title: (String) -> String) -> [Fix] {
            guard let meant else { return [] }
            let edit = isShort(value) ? scope.document.edit(ofUTF8: range, in: value, to: meant) : nil
            return [Fix(title(meant), .maybe, edit)]
        }
        let written = WrittenNumber(text, in: scope.plan)
        if reportImpossible(text, written.fault, at: span) { return }
        if let number = written.number, let digits = written.extension {
            scope.report(
                .notE164,
                "\"\(text)\" has the extension \(digits), which is no part of a number",
                at: span,
                help: takesSIP ? ["\"send_digits: \(digits)\" sends it once somebody answers"] : [],
                fixes: fixes(number.text) { "write \"\($0)\"?" }
            )
            return
        }
        if takesSIP, text.prefix(4).lowercased() == "sip:" {
            scope.report(
                .valueOverLimit,
                "\"\(text)\" is not a valid SIP URI: expected a user and a host, and no space or quote between them",
                at: span,
                help: NumberGuess.list(text) == nil ? ["write \"sip:user@host\""] : [],
                fixes: fixes(NumberGuess.list(text)) { "write \"\($0)\"?" }
            )
            return
        }
        if takesSIP, let scheme = NumberGuess.otherScheme(of: text) {
            scope.report(
                .notE164,
                "expected a number or \"sip:user@host\", found \"\(text)\" that begins with \"\(scheme):\"",
                at: span,
                fixes: fixes(NumberGuess.sip(behind: scheme, text)) { "only \"sip:\" is taken: write \"\($0)\"" }
            )
            return
        }
        let meant = NumberGuess.list(text) ?? NumberGuess.suggestion(for: text)
        switch written.fault {
        case .needsCountry:
            scope.report(
                .notE164,
                "\"\(text)\" does not say its country: expected \"+\" and the country's calling code in front",
                at: span,
                help: meant != nil
                    ? [] : ["\"country: DE\" above the nodes, for example, says it for all numbers of a flow"],
                fixes: fixes(meant) { "write \"\($0)\"?" }
            )
        case .notInCountry:
            scope.report(
                .notE164,
                "\"\(text)\" is no number in \(scope.plan?.country ?? "this country"), which the flow's \"country\" is",
                at: span,
                fixes: fixes(meant) { "write \"\($0)\"?" }
            )
        default:
            // What stands behind two commas is an extension, as telephones keep it: a pause, then digits.
            let isExtension = isBehindEmptyPart(range, in: value) && text.allSatisfy { $0.isASCII && $0.isNumber }
            scope.report(
                .notE164,
                "\"\(text)\" is not E.164: a \"+\" and 7 to 15 digits",
                at: span,
                help: isExtension ? ["\"send_digits: \(text)\" sends an extension once somebody answers"] : [],
                fixes: fixes(meant) { "write \"\($0)\"?" }
            )
        }
    }

    /// - Returns: whether nobody can have such a number.
    private func reportImpossible(_ text: String, _ fault: WrittenNumber.Fault?, at span: Span) -> Bool {
        switch fault {
        case .emergency:
            scope.report(
                .impossibleNumber,
                "\"\(text)\" is an emergency number, which a flow can neither dial nor show as the caller's",
                at: span
            )
        case .noCallingCode:
            scope.report(
                .impossibleNumber,
                "\"\(text)\" cannot ring: no country's calling code is in front",
                at: span,
                help: text.contains("+0") ? ["write the country's calling code in place of the 0"] : []
            )
        default: return false
        }
        return true
    }

    private func isBehindEmptyPart(_ range: Range<Int>, in value: Value) -> Bool {
        let before = (value.text ?? "").utf8.prefix(range.lowerBound).reversed().filter { $0 != 0x20 }.prefix(2)
        return before.elementsEqual(",,".utf8)
    }

    /// Where a part of a text stands in the file; all of a very long text.
    func span(of part: CommaPart, in value: Value) -> Span { span(ofUTF8: part.range, in: value) }

    private func span(ofUTF8 range: Range<Int>, in value: Value) -> Span {
        isShort(value) ? scope.document.span(ofUTF8: range, in: value) : value.span
    }

    /// Whether parts of a text are looked for: to count up to each of a hundred thousand numbers would take minutes.
    private func isShort(_ value: Value) -> Bool { (value.text?.utf8.count ?? 0) <= TemplateParser.maximumLength }
}
