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
