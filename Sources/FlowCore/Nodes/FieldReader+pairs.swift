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
    func pairs(_ field: Field, place: Place) -> [Pair] {
        guard let value = value(field) else { return [] }
        guard let entries = value.entries else {
            if value.scalar?.style != .absent { wrongType(field, value, wants: "key:value pairs") }
            return []
        }
        return entries.compactMap { entry in
            checkKey(entry.key, of: field)
            guard entry.value.scalar != nil else {
                scope.report(
                    .wrongType,
                    "\"\(prefix)\(field.name).\(entry.key.text)\" wants a text, and \(entry.value.isNone)",
                    at: entry.value.span
                )
                return nil
            }
            let template = parse(entry.value, key: "\(prefix)\(field.name).\(entry.key.text)", place: place)
            return Pair(key: entry.key.text, keySpan: entry.key.span, value: template)
        }
    }

    /// key:value pairs that may nest where `mayNest` says so.
    func body(_ value: Value, of field: Field, key: String, place: Place, mayNest: Bool) -> BodyTemplate {
        switch value.content {
        case .scalar:
            return .text(parse(value, key: key, place: place))
        case .list(let items):
            if !mayNest { refuseNesting(value, key) }
            return .list(items.map { body($0, of: field, key: "\(key)[]", place: place, mayNest: mayNest) })
        case .mapping(let entries):
            if !mayNest, key != prefix + field.name { refuseNesting(value, key) }
            return .pairs(
                entries.map { entry in
                    checkKey(entry.key, of: field)
                    let below = key + "." + entry.key.text
                    return (entry.key.text, body(entry.value, of: field, key: below, place: place, mayNest: mayNest))
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
        guard let value = value(field) else { return [] }
        guard let items = value.list else {
            guard value.scalar != nil else {
                wrongType(field, value, wants: "comma-separated text or a list")
                return []
            }
            return [target(value, field)]
        }
        if items.isEmpty {
            scope.report(.missingKey, "\"\(prefix)\(field.name)\" of \(owner) is empty", at: value.span)
        }
        return items.compactMap { item in
            guard item.scalar != nil else {
                wrongType(field, item, wants: "numbers and SIP URIs")
                return nil
            }
            return target(item, field)
        }
    }

    /// A text that names no value is checked now; what a template gives is checked when it is dialled.
    private func target(_ value: Value, _ field: Field) -> Template {
        let template = parse(value, key: prefix + field.name, place: .plain)
        // Most texts are one number.
        guard let text = template.literal, PhoneNumber(text) == nil, !TemplateParser.hasMarks(value.text ?? "") else {
            return template
        }
        for part in text.split(separator: ",") {
            let target = part.trimmed
            guard !target.isEmpty, DialTarget(target) == nil else { continue }
            reportNoNumber(target, in: value, mayBeTemplate: false)
        }
        return template
    }

    /// Says that `text`, somewhere in `value`, is no number.
    ///
    /// - Parameter mayBeTemplate: false where it is known that `value` has no marks, which takes a look at all of it.
    func reportNoNumber(_ text: String, in value: Value, mayBeTemplate: Bool = true) {
        // What is left of a template that could not be read has its finding already.
        if mayBeTemplate, TemplateParser.hasMarks(value.text ?? "") { return }
        var span = value.span
        // To look for each of a hundred thousand wrong numbers in the text that they make up would take minutes.
        if let whole = value.text, whole.utf8.count <= TemplateParser.maximumLength,
            let range = Array(whole.utf8).firstRange(ofBytes: Array(text.utf8))
        {
            span = scope.document.span(ofUTF8: range, in: value)
        }
        guard !EmergencyNumber.isMeant(by: text) else {
            scope.report(
                .impossibleNumber,
                "\"\(text)\" is an emergency number, which a flow can neither dial nor show as the caller's",
                at: span
            )
            return
        }
        scope.report(
            .notE164,
            "\"\(text)\" is not E.164: a \"+\" and 7 to 15 digits",
            at: span,
            help: Self.dialable(text).map { ["write \"\($0)\"?"] } ?? []
        )
    }

    /// What a text that is no number was probably meant to be; nil where nothing is near.
    private static func dialable(_ text: String) -> String? {
        if text.contains("@") { return text.contains(":") ? nil : "sip:" + text }
        // "+44 (0)20 …": the zero is dialled inside the country only.
        var digits = text.replacing("(0)", with: "").filter { $0.isASCII && $0.isNumber }
        if let prefix = ["011", "00"].first(where: digits.hasPrefix) { digits.removeFirst(prefix.count) }
        guard (10...15).contains(digits.count), digits.first != "0" else { return nil }
        return "+" + (digits.count == 10 && !text.hasPrefix("+") ? "1" : "") + digits
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

extension [UInt8] {
    fileprivate func firstRange(ofBytes wanted: [UInt8]) -> Range<Int>? {
        guard let first = wanted.first else { return 0..<0 }
        let start = indices.first { self[$0] == first && self[$0...].starts(with: wanted) }
        return start.map { $0..<$0 + wanted.count }
    }
}

extension UInt8 {
    fileprivate var prints: Bool { (0x21...0x7E).contains(self) }
}
