package import FlowDocument

/// A text that a flow declares under `vars`, that nodes change, and that templates read as `<<vars.name>>`.
package struct Variable: Sendable {
    package let name: String
    /// What it holds as a run begins.
    package let first: String
    /// Where its name stands in the file.
    package let span: Span
    /// Who chooses what stands in it, and what that tells of a person.
    package internal(set) var roles: ValueRoles = []
    /// Whether a node gives it what nobody may see.
    package internal(set) var isSensitive = false

    /// The most characters that it holds.
    package static let characters = 10_000

    /// The name that stands before a variable's in a template, and so is no node's.
    package static let prefix = "vars"
}

extension [Variable] {
    /// Adds what is known of the values that templates give to the variables.
    ///
    /// - Parameters:
    ///   - uses: every template of the flow.
    ///   - values: the values of a node, by the node's index.
    ///   - isSensitive: whether what a caller enters at a node is shown to nobody.
    mutating func takeRoles(
        of uses: [TemplateUse],
        _ values: (Int) -> [ValueDescription],
        isSensitive: (Int) -> Bool
    ) {
        let giving = uses.filter { $0.roles.contains(.variables) }.compactMap { use -> (Int, [Reference])? in
            guard let index = firstIndex(where: { use.key == "\(use.field.name).\($0.name)" }) else { return nil }
            return (index, use.references)
        }
        var changed = !giving.isEmpty
        // One may be set from another.
        while changed {
            changed = false
            for (index, references) in giving {
                var (roles, hides) = (self[index].roles, self[index].isSensitive)
                for reference in references {
                    switch reference.source {
                    case .value(let node, let value):
                        let given = values(node)[value].roles(at: reference.path)
                        roles.formUnion(given.intersection(.kept))
                        hides = hides || given.contains(.entered) && isSensitive(node)
                    case .variable(let other):
                        roles.formUnion(self[other].roles)
                        hides = hides || self[other].isSensitive
                    case .node, .secret: break
                    }
                }
                changed = changed || roles != self[index].roles || hides != self[index].isSensitive
                self[index].roles = roles
                self[index].isSensitive = hides
            }
        }
    }
}

extension ValueRoles {
    /// What stays true of a value that becomes a part of another text.
    fileprivate static let kept: ValueRoles = [.fromCaller, .fromServer, .personal, .freeText]
}
