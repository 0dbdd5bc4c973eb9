/// Where secrets are read at each attempt: the environment, or a folder.
package struct SecretSource: Sendable {
    private let read: @Sendable (String) -> String?

    /// - Parameter read: gives the secret of a name, or nil where it is not set.
    package init(_ read: @escaping @Sendable (String) -> String?) {
        self.read = read
    }

    package subscript(_ name: String) -> String? { read(name) }
}
