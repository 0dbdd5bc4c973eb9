package import FlowDocument

/// A field with what holds for it: what the file says, or the default.
///
/// The reader of the file makes it, parsed and checked once. Whoever looks at a flow later reads settings by the roles of
/// their fields.
package struct Setting: Sendable {
    package enum Content: Sendable {
        /// A text with or without values in it.
        case text(Template)
        /// A text without values, or one of the words of a choice.
        case word(String)
        case number(Int)
        case boolean(Bool)
        /// A URL that can be called, and where its host and port stand, in UTF-8 bytes.
        case url(String, authority: Range<Int>)
        /// Numbers and SIP URIs, a template for each text of the file.
        case targets([Template])
        /// Pairs, lists and other things that are looked at as they were written: see ``Setting/source``.
        case asWritten
        /// Keys of its own, which have settings of their own.
        case group
        /// What the file says is not read, or cannot be read and has its finding.
        case unread
    }

    package let field: Field
    /// The names of the groups around the field and the field's name, with dots: `screening.timeout`.
    package let key: String
    /// The key and the value in the file; nil for a default.
    package let entry: Entry?
    package internal(set) var content: Content

    init(_ field: Field, key: String, entry: Entry) {
        self.field = field
        self.key = key
        self.entry = entry
        content = .unread
    }

    /// What holds where the key is left out; nil where nothing does.
    init?(defaultOf field: Field, key: String) {
        guard let text = field.defaultText else { return nil }
        self.field = field
        self.key = key
        entry = nil
        content =
            switch field.kind {
            case .wholeNumber: Int(text).map(Content.number) ?? .unread
            case .boolean: .boolean(text == "true")
            default: .word(text)
            }
    }

    package var isDefault: Bool { entry == nil }

    /// Whether the field stands among the keys of another one.
    package var isInGroup: Bool { key != field.name }

    /// The value in the file; nil for a default.
    package var source: Value? { entry?.value }

    package var number: Int? {
        guard case .number(let number) = content else { return nil }
        return number
    }

    package var flag: Bool? {
        guard case .boolean(let flag) = content else { return nil }
        return flag
    }

    package var word: String? {
        guard case .word(let word) = content else { return nil }
        return word
    }

    /// The texts with values in it.
    package var templates: [Template] {
        switch content {
        case .text(let template): [template]
        case .targets(let templates): templates
        default: []
        }
    }
}

extension [Setting] {
    /// The first setting whose field has a role.
    package func first(_ role: FieldRoles) -> Setting? {
        // By index: a look at a setting must not copy it.
        indices.first { self[$0].field.roles.contains(role) }.map { self[$0] }
    }

    /// All settings whose fields have a role.
    package func all(_ role: FieldRoles) -> [Setting] {
        indices.filter { self[$0].field.roles.contains(role) }.map { self[$0] }
    }
}
