import FlowDocument

/// A key with the template of its value.
struct Pair: Sendable {
    let key: String
    let keySpan: Span
    let value: Template
}

/// A body as it was written: texts, in lists and pairs.
indirect enum BodyTemplate: Sendable {
    case text(Template)
    case list([BodyTemplate])
    case pairs([(key: String, value: BodyTemplate)])
}

extension FieldReader {
    /// key:value pairs of texts.
    func pairs(_ field: Field, escaping: Escaping) -> [Pair] {
        guard let value = value(field) else { return [] }
        guard let entries = value.entries else {
            if value.scalar?.style != .absent { wrongType(field, value, expected: "key:value pairs") }
            return []
        }
        settle(field, as: .asWritten)
        return entries.compactMap { entry in
            checkKey(entry.key, of: field)
            guard entry.value.scalar != nil else {
                scope.report(
                    .wrongType,
                    "expected a text in \"\(prefix)\(field.name).\(entry.key.text)\", found \(entry.value.kind)",
                    at: entry.value.span
                )
                return nil
            }
            let key = "\(prefix)\(field.name).\(entry.key.text)"
            let template = parse(entry.value, of: field, key: key, escaping: escaping)
            return Pair(key: entry.key.text, keySpan: entry.key.span, value: template)
        }
    }

    /// key:value pairs that may nest where `mayNest` says so.
    func body(_ value: Value, of field: Field, key: String, escaping: Escaping, mayNest: Bool) -> BodyTemplate {
        switch value.content {
        case .scalar:
            return .text(parse(value, of: field, key: key, escaping: escaping))
        case .list(let items):
            if !mayNest { refuseNesting(value, key) }
            return .list(items.map { body($0, of: field, key: "\(key)[]", escaping: escaping, mayNest: mayNest) })
        case .mapping(let entries):
            if !mayNest, key != prefix + field.name { refuseNesting(value, key) }
            return .pairs(
                entries.map { entry in
                    checkKey(entry.key, of: field)
                    let below = key + "." + entry.key.text
                    return (
                        entry.key.text, body(entry.value, of: field, key: below, escaping: escaping, mayNest: mayNest)
                    )
                }
            )
        }
    }

    private func refuseNesting(_ value: Value, _ key: String) {
        scope.report(
            .wrongType,
            "\"\(key)\" is \(value.kind), which a form cannot hold",
            at: value.span,
            help: ["write \"format: json\" to send nested pairs and lists"]
        )
    }

    private func checkKey(_ key: Key, of field: Field) {
        if TemplateParser.hasMarks(key.text) {
            scope.report(
                .templateNotAllowed,
                "templates are not allowed in the keys of \"\(prefix)\(field.name)\"",
                at: key.span
            )
        }
        if key.text.isEmpty {
            scope.report(.repeatedParameter, "a key of \"\(prefix)\(field.name)\" is empty", at: key.span)
        }
    }

    /// Numbers and SIP URIs: comma-separated text, or a list of such.
    func targets(_ field: Field) -> [Template] {
        let targets = readTargets(field)
        if !targets.isEmpty { settle(field, as: .targets(targets)) }
        return targets
    }

    private func readTargets(_ field: Field) -> [Template] {
        guard let value = value(field) else { return [] }
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
            for part in CommaPart.parts(of: numbers)
            where takesSIP ? DialTarget(part.text) == nil : PhoneNumber(part.text) == nil {
                let written = argument.map { $0 + part.range.lowerBound..<$0 + part.range.upperBound } ?? range
                reportNoNumber(part.text, at: written, in: value, takesSIP: takesSIP)
            }
        }
    }

    /// What names no value is checked now; what a template gives is checked when it is dialled.
    func checkTargets(in value: Value) {
        // Most texts are one number.
        guard let text = value.text, PhoneNumber(text) == nil else { return }
        for part in CommaPart.parts(of: text) where !part.holdsTemplate {
            if DialTarget(TemplateParser.unescaped(part.text)) == nil { reportNoNumber(part, in: value) }
        }
    }

    /// Says that a part of `value` is no number.
    ///
    /// - Parameter takesSIP: whether a SIP URI could stand there too.
    func reportNoNumber(_ part: CommaPart, in value: Value, takesSIP: Bool = true) {
        reportNoNumber(TemplateParser.unescaped(part.text), at: part.range, in: value, takesSIP: takesSIP)
    }

    private func reportNoNumber(_ text: String, at range: Range<Int>, in value: Value, takesSIP: Bool) {
        let span = span(ofUTF8: range, in: value)
        func fixes(_ meant: String?, _ title: (String) -> String) -> [Fix] {
            guard let meant else { return [] }
            let edit = isShort(value) ? scope.document.edit(ofUTF8: range, in: value, to: meant) : nil
            return [Fix(title(meant), .maybe, edit)]
        }
        guard !EmergencyNumber.isMeant(by: text) else {
            scope.report(
                .impossibleNumber,
                "\"\(text)\" is an emergency number, which a flow can neither dial nor show as the caller's",
                at: span
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
        scope.report(
            .notE164,
            "\"\(text)\" is not E.164: a \"+\" and 7 to 15 digits",
            at: span,
            fixes: fixes(NumberGuess.list(text) ?? NumberGuess.suggestion(for: text)) { "write \"\($0)\"?" }
        )
    }

    /// Where a part of a text stands in the file; all of a very long text.
    func span(of part: CommaPart, in value: Value) -> Span { span(ofUTF8: part.range, in: value) }

    private func span(ofUTF8 range: Range<Int>, in value: Value) -> Span {
        isShort(value) ? scope.document.span(ofUTF8: range, in: value) : value.span
    }

    /// Whether parts of a text are looked for: to count up to each of a hundred thousand numbers would take minutes.
    private func isShort(_ value: Value) -> Bool { (value.text?.utf8.count ?? 0) <= TemplateParser.maximumLength }
}

extension StringProtocol where UTF8View: BidirectionalCollection {
    /// Without white space at its ends.
    var trimmed: String {
        // Nearly all texts begin and end with a printing ASCII character, which is quickly seen.
        if let first = utf8.first, let last = utf8.last, first.prints, last.prints { return String(self) }
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

extension String {
    /// Whether nothing but white space is in it.
    var isBlank: Bool { utf8.first?.prints != true && allSatisfy(\.isWhitespace) }
}

extension UInt8 {
    fileprivate var prints: Bool { (0x21...0x7E).contains(self) }
}
