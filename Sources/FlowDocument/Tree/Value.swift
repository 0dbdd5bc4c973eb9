/// One value of a document and where it stands.
package struct Value: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case scalar(Scalar)
        case list([Value])
        case mapping([Entry])
    }

    package var content: Content
    package var span: Span

    package init(_ content: Content, span: Span) {
        self.content = content
        self.span = span
    }
}

/// A key with its value, in the order of the file.
package struct Entry: Hashable, Sendable {
    package var key: Key
    package var value: Value

    package init(key: Key, value: Value) {
        self.key = key
        self.value = value
    }
}

/// The name in front of a value.
package struct Key: Hashable, Sendable {
    package var text: String
    package var span: Span

    package init(_ text: String, span: Span) {
        self.text = text
        self.span = span
    }
}

/// A text as the author wrote it, never turned into a number or a boolean.
package struct Scalar: Hashable, Sendable {
    package enum Style: UInt8, Sendable {
        /// YAML without quotes, and JSON's numbers, `true` and `false`.
        case plain
        case singleQuoted
        case doubleQuoted
        /// YAML's `|`.
        case literal
        /// YAML's `>`.
        case folded
        /// JSON's strings.
        case json
        /// JSON's `null`, and nothing at all behind a YAML key: the empty text.
        case absent
    }

    package var text: String
    package var style: Style

    package init(_ text: String, style: Style) {
        self.text = text
        self.style = style
    }
}

extension Value {
    package var scalar: Scalar? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar
    }

    package var text: String? { scalar?.text }

    package var list: [Value]? {
        guard case .list(let values) = content else { return nil }
        return values
    }

    package var entries: [Entry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    /// The value behind `key` of a mapping.
    package subscript(_ key: String) -> Value? { entry(key)?.value }

    /// A key of a mapping, with its value.
    package func entry(_ key: String) -> Entry? {
        guard case .mapping(let entries) = content else { return nil }
        // By place: to look at an entry must not copy all of it.
        return entries.indices.first { entries[$0].key.text == key }.map { entries[$0] }
    }

    /// What kind of value this is, in the words of a message: `"a text"`, `"a list"`, `"key:value pairs"`.
    package var kind: String {
        switch content {
        case .scalar: "a text"
        case .list: "a list"
        case .mapping: "key:value pairs"
        }
    }
}
