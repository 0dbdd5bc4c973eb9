import FlowDocument

extension Rules {
    /// The codes of all rules.
    package static let codes: Set<String> = Set(all.map { $0.code.id })

    package static let names = all.map { $0.code.name }

    /// The rule with a code, or with a name such as `dangling-transition`; capitals do not matter.
    package static func named(_ text: String) -> (any Rule.Type)? {
        let id = text.uppercased()
        let name = text.lowercased()
        return all.first { $0.code.id == id || $0.code.name == name }
    }
}
