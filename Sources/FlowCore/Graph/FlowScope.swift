import FlowDocument

/// What the parts of a flow know of each other while it is built, and the list of what is wrong with them.
package final class FlowScope {
    let document: Document
    /// Node names to their places.
    let places: [String: Int]
    /// By place; nil where the type is unknown, so that nothing can be said of its values.
    let descriptions: [NodeDescription?]
    private(set) var findings: [Finding] = []

    init(document: Document, places: [String: Int] = [:], descriptions: [NodeDescription?] = []) {
        self.document = document
        self.places = places
        self.descriptions = descriptions
    }

    func report(
        _ code: Code,
        _ message: String,
        at span: Span,
        help: [String] = [],
        related: [Finding.Related] = []
    ) {
        findings.append(Finding(code, message, file: document.file, span: span, help: help, related: related))
    }

    func related(_ message: String, at span: Span) -> Finding.Related {
        Finding.Related(message, file: document.file, span: span)
    }
}

/// `"a", "b" or "c"`, for messages.
func listed(_ words: [String], _ conjunction: String = "or") -> String {
    let quoted = words.map { "\"\($0)\"" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "nothing" }
    return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

/// `help:` lines for a name that is none of `names`.
func guess(_ name: String, among names: [String]) -> [String] {
    nearMiss(name, among: names).map { ["did you mean \"\($0)\"?"] } ?? []
}
