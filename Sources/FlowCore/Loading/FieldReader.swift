import FlowDocument

/// Reads the keys of a node, or of a group inside one, as their ``Field``s describe them, and reports what is wrong.
package final class FieldReader {
    let scope: FlowScope
    /// The node or whatever else has the keys, for messages.
    let owner: KeyOwner
    /// The key of the group that is read, with a dot behind it.
    let prefix: String
    let span: Span
    /// The slice of entries from the first to the last one that this reader owns.
    private let entries: ArraySlice<Entry>
    /// All that stands beside and below the keys that are read.
    private let whole: Value
    private let record: FieldRecord
    /// Missing keys for which a misspelt key was found and reported.
    private var mistyped: Set<String> = []

    /// - Parameters:
    ///   - others: keys that somebody else reads.
    ///   - record: the record of the reader around this one; a new record for a node or a flow's head.
    init(
        _ value: Value,
        _ fields: [Field],
        owner: KeyOwner,
        others: [String] = [],
        prefix: String = "",
        record: FieldRecord = FieldRecord(),
        in scope: FlowScope
    ) {
        self.scope = scope
        whole = value
        self.record = record
        self.owner = owner
        self.prefix = prefix
        span = value.span
        entries = Self.entries(of: value, without: others)
        // Only missing keys are suggested for a misspelt one.
        var free: [String]?
        // By index, here and below: a look at an entry must not copy it.
        for index in entries.indices where !others.contains(entries[index].key.text) {
            if let field = fields.first(where: { $0.name == entries[index].key.text }) {
                record.add(Setting(field, key: prefix + field.name, entry: entries[index]))
                continue
            }
            let names = others + fields.map(\.name)
            let left = free ?? names.filter { value.entry($0) == nil }
            free = left
            reportUnknown(entries[index].key, among: names, free: left)
        }
        for field in fields where field.isRequired { checkPresence(of: field, in: value) }
    }

    /// The outcomes that the node's `transitions` names: those that the file may make up are read from here.
    var routes: [Key] { whole.entry(NodeKeys.transitions)?.value.entries?.map(\.key) ?? [] }
    var routesSpan: Span? { whole.entry(NodeKeys.transitions)?.key.span }

    /// The templates that this reader and the readers of its groups have read so far.
    var templates: [TemplateUse] { record.templates }
    var settings: [Setting] { record.settings }

    /// Checks the keys of a group whose values are not read.
    static func check(_ value: Value, _ fields: [Field], owner: KeyOwner, prefix: String, in scope: FlowScope) {
        _ = FieldReader(value, fields, owner: owner, prefix: prefix, in: scope)
    }

    private static func entries(of value: Value, without others: [String]) -> ArraySlice<Entry> {
        let all = value.entries ?? []
        let isOwn = { (index: Int) in !others.contains(all[index].key.text) }
        guard let first = all.indices.first(where: isOwn), let last = all.indices.last(where: isOwn) else { return [] }
        return all[first...last]
    }

    private func reportUnknown(_ key: Key, among names: [String], free: [String]) {
        let meant = nearKey(key.text, among: free) ?? ForeignWords.key(key.text, among: free)
        if let meant { mistyped.insert(meant) }
        scope.report(
            .unknownKey,
            "unknown key \"\(prefix)\(key.text)\" in \(owner). expected one of \(names.joined(separator: ", "))",
            at: key.span,
            fixes: meant.map { [Fix(meant: $0, scope.document.edit(key, to: $0))] } ?? []
        )
    }

    /// Whether the key is missing only because it was misspelt, which was reported.
    func isMistyped(_ field: Field) -> Bool { value(field) == nil && mistyped.contains(field.name) }

    private func checkPresence(of field: Field, in whole: Value) {
        guard value(field) != nil else {
            if isMistyped(field) { return }
            let first = whole.entries?.first?.key.span ?? span
            scope.report(.missingKey, "\"\(prefix)\(field.name)\" is missing in \(owner)", at: first)
            return
        }
        checkFilled(field)
    }

    /// Reports a key behind which nothing stands.
    func checkFilled(_ field: Field) {
        guard let value = value(field), field.isEmpty(value) else { return }
        scope.report(.missingKey, "\"\(prefix)\(field.name)\" of \(owner) is empty", at: value.span)
    }

    /// The value behind a key; nil where it was left out.
    func value(_ field: Field) -> Value? { index(of: field).map { entries[$0].value } }

    func keySpan(_ field: Field) -> Span? { index(of: field).map { entries[$0].key.span } }

    private func index(of field: Field) -> Int? { entries.indices.first { entries[$0].key.text == field.name } }

    /// Remembers what stands behind a key, for those who look at the node later.
    func settle(_ field: Field, as content: Setting.Content) {
        record.settle(field, key: prefix + field.name, as: content)
    }

    /// The scalar behind a key, or nil with a finding where there is something else.
    func scalar(_ field: Field, expecting wanted: @autoclosure () -> String = "a text") -> Value? {
        guard let value = value(field) else { return nil }
        guard value.scalar != nil else {
            wrongType(field, value, expected: wanted())
            return nil
        }
        return value
    }

    /// Reports a key behind which no scalar stands.
    func checkScalar(_ field: Field) {
        if scalar(field) != nil { settle(field, as: .asWritten) }
    }

    /// - Parameter expected: what should stand there: `a whole number of seconds`.
    func wrongType(_ field: Field, _ value: Value, expected: String, fixes: [Fix] = []) {
        scope.report(
            .wrongType,
            "expected \(expected) in \"\(prefix)\(field.name)\", found \(value.quoted)",
            at: value.span,
            fixes: fixes
        )
    }

    // MARK: Texts

    func template(_ field: Field, escaping: Escaping = .plain) -> Template? {
        guard let value = scalar(field), let text = value.text else { return nil }
        let template = parse(value, of: field, key: prefix + field.name, escaping: escaping)
        if case .text(let limit?) = field.kind, text.utf8.count > limit {
            checkLength(of: template, field, limit, at: value.span)
        }
        settle(field, as: .text(template))
        return template
    }

    private func checkLength(of template: Template, _ field: Field, _ limit: Int, at span: Span) {
        let length = template.parts.reduce(0) { length, part in
            guard case .literal(let text) = part else { return length }
            return length + text.count
        }
        guard length > limit else { return }
        let what = template.literal == nil ? "characters beside its values" : "characters"
        scope.report(
            .valueOverLimit,
            "\"\(prefix)\(field.name)\" has \(length) \(what), limit \(limit)",
            at: span
        )
    }

    /// A text in which no value may stand.
    func literal(_ field: Field) -> String {
        guard let value = scalar(field), let text = value.text else { return field.defaultText ?? "" }
        let isTemplate = refuseTemplate(in: value, "\(prefix)\(field.name)")
        let literal = TemplateParser.unescaped(text)
        if !isTemplate { settle(field, as: .word(literal)) }
        return literal
    }

    /// Parses a scalar, or a part of it, and remembers it for the linter.
    ///
    /// - Parameter key: not asked for where there is no value in the text.
    func parse(
        _ value: Value,
        part: Range<Int>? = nil,
        of field: Field,
        key: @autoclosure () -> String,
        escaping: Escaping
    ) -> Template {
        let template = TemplateParser.parse(value, part: part, in: scope)
        guard template.literal == nil else { return template }
        let references = template.references
        if !references.isEmpty {
            record.add(
                TemplateUse(
                    template: template,
                    references: references,
                    field: field,
                    key: key(),
                    value: value,
                    escaping: escaping
                )
            )
        }
        return template
    }

    @discardableResult
    func refuseTemplate(in value: Value, _ what: String) -> Bool {
        guard let text = value.text, TemplateParser.holdsTemplate(text) else { return false }
        scope.report(.templateNotAllowed, "templates are not allowed in \"\(what)\"", at: value.span)
        return true
    }

    // MARK: Groups

    /// The groups in a list; one group by itself is a list of one.
    func groups(_ field: Field, _ fields: [Field]) -> [FieldReader] {
        guard let value = value(field) else { return [] }
        let items = value.list ?? [value]
        return items.compactMap { item in
            guard item.entries != nil else {
                wrongType(field, item, expected: "a list of key:value pairs")
                return nil
            }
            return FieldReader(
                item,
                fields,
                owner: owner,
                prefix: "\(prefix)\(field.name)[].",
                record: record,
                in: scope
            )
        }
    }

    /// The groups behind names.
    func namedGroups(_ field: Field, _ fields: [Field]) -> [(key: Key, reader: FieldReader)] {
        guard let value = value(field), value.scalar?.style != .absent else { return [] }
        guard let entries = value.entries else {
            wrongType(field, value, expected: "names with key:value pairs")
            return []
        }
        settle(field, as: .asWritten)
        return entries.compactMap { entry in
            let name = "\(prefix)\(field.name).\(entry.key.text)"
            guard entry.value.entries != nil else {
                scope.report(
                    .wrongType,
                    "expected key:value pairs in \"\(name)\", found \(entry.value.quoted)",
                    at: entry.value.span
                )
                return nil
            }
            let reader = FieldReader(
                entry.value,
                fields,
                owner: owner,
                prefix: name + ".",
                record: record,
                in: scope
            )
            return (entry.key, reader)
        }
    }

    /// The keys below a key; nil where it was left out or is something else.
    func group(_ field: Field, _ fields: [Field]) -> FieldReader? {
        guard let value = value(field) else { return nil }
        guard value.entries != nil else {
            wrongType(field, value, expected: "key:value pairs")
            return nil
        }
        settle(field, as: .group)
        return FieldReader(value, fields, owner: owner, prefix: "\(prefix)\(field.name).", record: record, in: scope)
    }
}
