import FlowDocument

/// An author's word that a finding is meant, where it stands: `# flowd: ignore[FD204] the caller is gone by then`.
struct Silence: Sendable {
    /// What it covers.
    enum Scope: Hashable, Sendable {
        /// Findings that begin on a line, or in a text that does.
        case line(Int)
        /// Findings inside a node, or in the whole flow.
        case node(String?)
    }

    var scope: Scope
    /// Where a node is named; nil in a comment.
    var nodeSpan: Span?
    /// The codes and where each is written.
    var codes: [(id: String, span: Span)]
    var reason: String
    /// All of it.
    var span: Span
    /// How it is shown in a message.
    var label: String
}
