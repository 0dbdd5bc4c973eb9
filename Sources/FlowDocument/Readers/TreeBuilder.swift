/// Puts keys, scalars, lists and mappings together into one tree, within limits and with every key of a mapping once.
///
/// Both readers drive it: they know the grammar, it knows the tree.
struct TreeBuilder {
    /// A key that its mapping already has, and the one that came first.
    struct Duplicate {
        let key: Key
        let first: Key

        var failure: ReadFailure {
            ReadFailure(.duplicateKey, "key \"\(key.text)\" is defined twice", span: key.span)
        }

        func finding(in file: String) -> Finding {
            var finding = failure.finding(in: file)
            finding.related = [Finding.Related("first defined here", file: file, span: first.span)]
            return finding
        }
    }

    private let limits: Limits
    private let duplicateKeys: DuplicateKeys
    private(set) var duplicates: [Duplicate] = []
    /// The innermost list or mapping that is open; where none is, the text itself, as a list of its one value.
    private var top = Frame(isMapping: false, isFlow: false, start: .start)
    /// Those around it, the outermost first.
    private var outer: [Frame] = []
    private var count = 0

    init(limits: Limits, duplicateKeys: DuplicateKeys) {
        self.limits = limits
        self.duplicateKeys = duplicateKeys
    }

    /// The outermost value, once it is complete.
    var root: Value? { isComplete ? top.items.last : nil }
    /// Whether no list or mapping is open.
    var isComplete: Bool { outer.isEmpty }
    /// Whether the innermost open one is a mapping.
    var isInMapping: Bool { top.isMapping }
    /// Whether the innermost open one stands in brackets.
    var isInFlow: Bool { top.isFlow }
    /// Where the innermost open one begins.
    var start: Position? { isComplete ? nil : top.start }
    /// Where the outermost open one in brackets begins.
    var outermostFlowStart: Position? { (outer.first(where: \.isFlow) ?? (isInFlow ? top : nil))?.start }
    /// Whether what comes next is a key.
    var expectsKey: Bool { top.expectsKey }
    /// The key that waits for its value.
    var pendingKey: Key? { top.pendingKey }

    /// Opens a list or a mapping; `isFlow` says that it stands in brackets.
    mutating func open(isMapping: Bool, isFlow: Bool, at start: Position) throws(ReadFailure) {
        guard outer.count < limits.depth else {
            throw ReadFailure(
                .overLimit,
                "lists and mappings are nested more than \(limits.depth) deep",
                span: Span(start, start)
            )
        }
        try charge(at: start)
        outer.append(exchange(&top, with: Frame(isMapping: isMapping, isFlow: isFlow, start: start)))
    }

    /// Closes the innermost list or mapping, at `end` or, without one, where its last child ends.
    mutating func close(at end: Position?) {
        guard let around = outer.popLast() else { return }
        let frame = exchange(&top, with: around)
        let content: Value.Content = frame.isMapping ? .mapping(frame.entries) : .list(frame.items)
        top.add(Value(content, span: Span(frame.start, max(frame.start, end ?? frame.end))))
    }

    /// Takes the next key of the innermost mapping.
    mutating func key(_ key: Key) throws(ReadFailure) {
        try charge(at: key.span.start)
        guard let known = top.index(of: key.text) else { return top.add(key) }
        let duplicate = Duplicate(key: key, first: top.entries[known].key)
        switch duplicateKeys {
        case .refuse:
            throw duplicate.failure
        case .keepFirst:
            duplicates.append(duplicate)
            top.drop(key)
        case .keepLast:
            top.addKey(replacing: known)
        }
    }

    /// Takes a key that the tree has no place for; its value is read and left out.
    mutating func drop(key: Key) throws(ReadFailure) {
        try charge(at: key.span.start)
        top.drop(key)
    }

    /// Takes the next scalar.
    mutating func scalar(_ scalar: Scalar, span: Span) throws(ReadFailure) {
        try charge(at: span.start)
        top.add(Value(.scalar(scalar), span: span))
    }

    private mutating func charge(at place: Position) throws(ReadFailure) {
        count += 1
        guard count <= limits.values else {
            throw ReadFailure(
                .overLimit,
                "more than \(limits.values.grouped) keys and values",
                span: Span(place, place)
            )
        }
    }
}
