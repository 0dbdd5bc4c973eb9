import FlowDocument

/// One key of a node, or of a flow: what it takes, what holds without it, and what it means.
///
/// A class, as every setting of every node has its field: one reference to copy.
package final class Field: Sendable {
    package indirect enum Kind: Sendable {
        /// A text with templates, of so many characters at most.
        case text(atMost: Int? = nil)
        /// A text without templates.
        case literal
        /// A whole number of `unit`s.
        case wholeNumber(ClosedRange<Int>, unit: String)
        /// A whole number of `unit`s, or a word.
        case wholeNumberOr(String, ClosedRange<Int>, unit: String)
        /// A decimal number.
        case decimal(ClosedRange<Double>)
        /// `true` or `false`.
        case boolean
        /// One of these words.
        case choice([String])
        /// An http or https URL; only its path and query can hold templates.
        case url
        /// The URL of a sound or of a Plivo XML document, with templates, or one of these words.
        case sound(words: [String] = [])
        /// Numbers and SIP URIs: comma-separated text, or a list.
        case targets
        /// Phone numbers without templates, in a list or comma-separated.
        case numbers
        /// key:value pairs of texts with templates.
        case pairs
        /// key:value pairs that may nest and hold lists, or one text.
        case body
        /// Keys of its own.
        case group([Field])
        /// One word, or keys of its own.
        case wordOrGroup(String, [Field])
        /// Names, each with a text or a list of texts.
        case lists
        /// Names, each with a text without templates.
        case literals
        /// A text without templates, or a list of such.
        case words
        /// A text with templates, or a list of such.
        case texts
        /// Names, each with keys of its own.
        case namedGroups([Field])
        /// Texts without templates: comma-separated, or a list.
        case phrases(atMost: Int, characters: Int)
        /// Read elsewhere: the nodes of a flow.
        case nodes
        /// A list of groups.
        case list([Field])
    }

    package let name: String
    package let kind: Kind
    package let roles: FieldRoles
    package let isRequired: Bool
    /// Whether the empty text between quotes is a value, though one is required.
    package let mayBeEmpty: Bool
    /// What holds where the key is left out, as an author would write it.
    package let defaultText: String?
    /// What holds in place of ``defaultText`` where a caller waits for the node's answer.
    package let defaultOnCallPath: String?
    /// One sentence.
    package let summary: String
    package let example: String?

    package init(
        _ name: String,
        _ kind: Kind,
        roles: FieldRoles = [],
        isRequired: Bool = false,
        mayBeEmpty: Bool = false,
        default defaultText: String? = nil,
        onCallPath defaultOnCallPath: String? = nil,
        example: String? = nil,
        _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.roles = roles
        self.isRequired = isRequired
        self.mayBeEmpty = mayBeEmpty
        self.defaultText = defaultText
        self.defaultOnCallPath = defaultOnCallPath
        self.summary = summary
        self.example = example
    }

    /// The fields below it, where it is a group of keys.
    package var fields: [Field] {
        switch kind {
        case .group(let fields), .wordOrGroup(_, let fields), .list(let fields), .namedGroups(let fields): fields
        default: []
        }
    }

    /// Whether a value says nothing, although its key is there.
    func isEmpty(_ value: Value) -> Bool {
        if mayBeEmpty, let scalar = value.scalar, scalar.text.isEmpty, scalar.style.hasQuotes { return false }
        switch kind {
        case .targets, .numbers: break
        default: return value.text?.isBlank ?? false
        }
        if let items = value.list { return items.allSatisfy(isEmpty) }
        return value.text?.allSatisfy { $0 == "," || $0.isWhitespace } ?? false
    }

    /// Whether a text is sent as it was written, the line break at the end of a block scalar included.
    var keepsLastBreak: Bool {
        guard case .body = kind else { return false }
        return true
    }
}

extension Scalar.Style {
    fileprivate var hasQuotes: Bool { self == .singleQuoted || self == .doubleQuoted || self == .json }
}
