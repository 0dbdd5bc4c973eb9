/// A value that templates can read once its node has run.
package struct ValueDescription: Sendable {
    package enum Kind: Sendable {
        case text, number, phoneNumber, time
        /// Anything below it: the parts of a JSON answer, parameters by name.
        case open
    }

    /// Behind the node's name, with dots: `call.from`.
    package let name: String
    package let kind: Kind
    package let summary: String
    /// Other names for it.
    package let aliases: [String]
    /// The outcomes after which it can hold something; nil for all.
    package let outcomes: [String]?
    package var isOpen: Bool {
        guard case .open = kind else { return false }
        return true
    }

    package init(
        _ name: String,
        _ kind: Kind = .text,
        aliases: [String] = [],
        after outcomes: [String]? = nil,
        _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.aliases = aliases
        self.outcomes = outcomes
        self.summary = summary
    }
}
