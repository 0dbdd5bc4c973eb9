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
    package let roles: ValueRoles
    /// The roles of those parts of an open value that are known by name; any other part has ``roles``.
    package let parts: [String: ValueRoles]
    package let summary: String
    /// Other names for it.
    package let aliases: [String]
    /// The outcomes after which it can hold something; nil for all.
    package let outcomes: [String]?
    package var isOpen: Bool { kind == .open }

    package init(
        _ name: String,
        _ kind: Kind = .text,
        roles: ValueRoles = [],
        parts: [String: ValueRoles] = [:],
        aliases: [String] = [],
        after outcomes: [String]? = nil,
        _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.roles = kind == .phoneNumber ? roles.union(.phoneNumber) : roles
        self.parts = parts
        self.aliases = aliases
        self.outcomes = outcomes
        self.summary = summary
    }

    /// The roles of what a reference reads of the value.
    ///
    /// - Parameter path: what stands behind the value's name.
    package func roles(at path: [Reference.Step]) -> ValueRoles {
        guard !parts.isEmpty, case .key(let name)? = path.first else { return roles }
        return parts[name] ?? roles
    }
}
