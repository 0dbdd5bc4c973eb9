import FlowDocument

/// What the parts of a flow know about each other while the flow is built, and the findings so far.
package final class FlowScope {
    let document: Document
    /// Node names to the nodes' indices.
    let indices: [String: Int]
    /// By the node's index; nil for an unknown type, whose values are unknown too.
    let descriptions: [NodeDescription?]
    /// Of the flow's country; set before its numbers are read.
    var plan: NumberPlan?
    /// The flow's variables; set before its nodes are read.
    var variables: [Variable] = []
    /// How the flow speaks where a node does not say; set before its nodes are read.
    var speech = SpeechSettings()
    private(set) var findings: [Finding] = []
    /// The names of all nodes, sorted, to guess from.
    private(set) lazy var nodeNames = indices.keys.sorted()
    /// The names of nodes that nothing is read of, because the flow has too many.
    private let namesBeyondLimit: Set<String>
    private var nodeGuesses = 0

    /// How many wrong node names of one file get a guess; nobody reads further findings.
    static let maximumNodeGuesses = 100

    init(
        document: Document,
        indices: [String: Int],
        descriptions: [NodeDescription?],
        namesBeyondLimit: Set<String>
    ) {
        self.document = document
        self.indices = indices
        self.descriptions = descriptions
        self.namesBeyondLimit = namesBeyondLimit
    }

    /// Whether it is the name of a node beyond the limit of nodes.
    func isBeyondLimit(_ name: String) -> Bool { namesBeyondLimit.contains(name) }

    func report(
        _ code: Code,
        _ message: String,
        at span: Span,
        help: [String] = [],
        fixes: [Fix] = [],
        related: [Finding.Related] = []
    ) {
        // What is missing here may stand where an alias leads.
        if code == .missingKey, document.hasGaps { return }
        let finding = Finding(
            code,
            message,
            file: document.file,
            span: span,
            help: help,
            fixes: fixes,
            related: related
        )
        // A key that several readers of a node look at is judged by each of them.
        if !findings.suffix(8).contains(finding) { findings.append(finding) }
    }

    /// A fix for a name that is no node's.
    ///
    /// - Parameters:
    ///   - names: all names that may stand there; evaluated only where a guess is made.
    ///   - edit: writes the name that was meant.
    func nodeGuess(_ name: String, among names: @autoclosure () -> [String], _ edit: (String) -> Edit?) -> [Fix] {
        guard nodeGuesses < Self.maximumNodeGuesses else { return [] }
        nodeGuesses += 1
        return guess(name, among: names(), edit)
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

extension Value {
    /// The text in quotes, or the kind of value that it is, for messages that say what was found.
    var quoted: String { text.map { "\"\($0)\"" } ?? kind }
}

/// The key among `names` that `key` was probably meant to be: one that is mistyped, or cut short.
func nearKey(_ key: String, among names: [String]) -> String? {
    if let near = nearMiss(key, among: names) { return near }
    guard key.utf8.count > 2 else { return nil }
    let start = key.lowercased()
    let longer = names.filter { $0.hasPrefix(start) }
    return longer.count == 1 ? longer[0] : nil
}

/// A fix for a name that is not among `names`, where it resembles one of them.
///
/// - Parameter edit: writes that name.
func guess(_ name: String, among names: [String], _ edit: (String) -> Edit?) -> [Fix] {
    guard let meant = nearMiss(name, among: names) else { return [] }
    return [Fix(meant: meant, edit(meant))]
}

extension Fix {
    /// `did you mean "…"?`, with nothing to be done where there is no edit.
    init(meant: String, _ edit: Edit?) {
        self.init("did you mean \"\(meant)\"?", .safe, edit)
    }
}
