/// What a flow's templates read of how a run began: nothing else is kept.
package struct ParametersRead: Hashable, Sendable {
    /// The indices of the start node's values.
    package var values: Set<Int> = []
    /// A template reads all of Plivo's parameters.
    package var all = false
    package var names: [String] = []
    /// A template reads all SIP headers of the call.
    package var allHeaders = false
    package var headers: [String] = []

    /// Adds what a template reads of the start node's values.
    ///
    /// - Parameters:
    ///   - start: the start node's index.
    ///   - described: the values of its type.
    mutating func add(_ references: [Reference], of start: Int, _ described: [ValueDescription]) {
        // By index: a look at a reference must not copy it.
        for index in references.indices {
            guard case .value(start, let value) = references[index].source else { continue }
            values.insert(value)
            // A value without parts is read as a whole.
            guard described[value].isOpen else { continue }
            add(references[index].path.first, of: described[value].roles)
        }
    }

    private mutating func add(_ part: Reference.Step?, of roles: ValueRoles) {
        let name: String? = if case .key(let key)? = part { key } else { nil }
        if roles.contains(.parameters) {
            if let name, !names.contains(name) { names.append(name) }
            if name == nil { all = true }
        } else if roles.contains(.headers) {
            if let name, !headers.contains(name) { headers.append(name) }
            if name == nil { allHeaders = true }
        }
    }
}
