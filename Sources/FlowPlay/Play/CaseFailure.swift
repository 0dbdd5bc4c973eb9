package import FlowDocument

/// One thing that came out otherwise than a case says, and where the case says so.
package struct CaseFailure: Hashable, Sendable {
    /// What it is about: `dial.timeout`, `path`, `values.Forward.status`.
    package var field: String
    package var expected: String
    package var found: String
    package var span: Span

    package init(_ field: String, expected: String, found: String, span: Span) {
        self.field = field
        self.expected = expected
        self.found = found
        self.span = span
    }
}
