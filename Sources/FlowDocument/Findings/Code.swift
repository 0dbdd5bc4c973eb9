/// The number and name of a kind of finding, such as `FD202 dangling-transition`.
///
/// A number is never used again for something else.
package struct Code: Hashable, Sendable {
    package let id: String
    package let name: String
    /// How grave it is where the finding does not say otherwise.
    package let severity: Finding.Severity

    package init(_ id: String, _ name: String, _ severity: Finding.Severity) {
        self.id = id
        self.name = name
        self.severity = severity
    }
}

extension Code {
    package static let unknownKey = Code("FD101", "unknown-key", .error)
    package static let missingKey = Code("FD102", "missing-key", .error)
    package static let duplicateKey = Code("FD103", "duplicate-key", .error)
    package static let wrongType = Code("FD104", "wrong-type", .error)
    package static let unsupportedSyntax = Code("FD106", "unsupported-syntax", .error)
    package static let unknownVersion = Code("FD107", "unknown-version", .error)
    package static let overLimit = Code("FD108", "over-limit", .error)
    /// The file is not YAML, or not JSON, or cannot be read.
    package static let syntax = Code("FD109", "syntax", .error)
}
