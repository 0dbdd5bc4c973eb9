import FlowCore

extension Reference {
    /// The name of the secret that it reads; nil for a node's value.
    var secretName: String? {
        guard case .secret(let name) = source else { return nil }
        return name
    }
}
