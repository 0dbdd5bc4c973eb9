import FlowCore

extension Flow {
    /// What is known of the value that a reference reads; nothing of a secret.
    func roles(of reference: Reference) -> ValueRoles {
        switch reference.source {
        case .value(let node, let value): nodes[node].description.values[value].roles(at: reference.path)
        case .variable(let index): variables[index].roles
        case .node, .secret: []
        }
    }

    /// The node whose value a reference reads, the start node aside.
    func source(of reference: Reference) -> Int? {
        guard case .value(let node, _) = reference.source, node != start else { return nil }
        return node
    }
}

extension Subject {
    func isPhoneNumber(_ reference: Reference) -> Bool { flow.roles(of: reference).contains(.phoneNumber) }

    /// What a value says of a person, in words such as "a phone number"; nil where it says nothing.
    func personalKind(of reference: Reference) -> String? {
        // How long it is says nothing.
        if reference.filters.contains(where: { $0.kind == .size }) { return nil }
        let roles = flow.roles(of: reference)
        if roles.contains(.phoneNumber) { return "a phone number" }
        if roles.contains(.personName) { return "a name" }
        return roles.contains(.message) ? "what somebody wrote" : nil
    }
}
