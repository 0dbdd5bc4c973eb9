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
    /// The outermost value, once it is complete.
    private(set) var root: Value?
    private(set) var duplicates: [Duplicate] = []
    /// The lists and mappings that are still open, the outermost first.
    private var frames: [Frame] = []
    private var count = 0

    init(limits: Limits, duplicateKeys: DuplicateKeys) {
        self.limits = limits
        self.duplicateKeys = duplicateKeys
    }

    /// Whether no list or mapping is open.
    var isComplete: Bool { frames.isEmpty }
    /// Whether the innermost open one is a mapping.
    var isInMapping: Bool { !frames.isEmpty && frames[frames.count - 1].isMapping }
    /// Whether the innermost open one stands in brackets.
    var isInFlow: Bool { !frames.isEmpty && frames[frames.count - 1].isFlow }
    /// Where the innermost open one begins.
    var start: Position? { frames.isEmpty ? nil : frames[frames.count - 1].start }
    /// Whether what comes next is a key.
    var expectsKey: Bool {
        !frames.isEmpty && frames[frames.count - 1].isMapping && frames[frames.count - 1].pending == nil
    }
    /// The key that waits for its value.
    var pendingKey: Key? { frames.isEmpty ? nil : frames[frames.count - 1].pending?.key }

    /// Opens a list or a mapping; `isFlow` says that it stands in brackets.
    mutating func open(isMapping: Bool, isFlow: Bool, at start: Position) throws(ReadFailure) {
        guard frames.count < limits.depth else {
            throw ReadFailure(
                .overLimit,
                "lists and mappings are nested more than \(limits.depth) deep",
                span: Span(start, start)
            )
        }
        try charge(at: start)
        frames.append(Frame(isMapping: isMapping, isFlow: isFlow, start: start))
    }

    /// Closes the innermost list or mapping, at `end` or, without one, where its last child ends.
    mutating func close(at end: Position?) {
        guard let frame = frames.popLast() else { return }
        let content: Value.Content = frame.isMapping ? .mapping(frame.entries) : .list(frame.items)
        add(Value(content, span: Span(frame.start, max(frame.start, end ?? frame.end))))
    }

    /// Takes the next key of the innermost mapping.
    mutating func key(_ key: Key) throws(ReadFailure) {
        try charge(at: key.span.start)
        let top = frames.count - 1
        guard let known = frames[top].index(of: key.text) else {
            frames[top].pending = Pending(key: key, fate: .append)
            return
        }
        let duplicate = Duplicate(key: key, first: frames[top].entries[known].key)
        switch duplicateKeys {
        case .refuse:
            throw duplicate.failure
        case .keepFirst:
            duplicates.append(duplicate)
            frames[top].pending = Pending(key: key, fate: .drop)
        case .keepLast:
            frames[top].pending = Pending(key: key, fate: .replace(known))
        }
    }

    /// Takes a key that the tree has no place for; its value is read and left out.
    mutating func drop(key: Key) throws(ReadFailure) {
        try charge(at: key.span.start)
        frames[frames.count - 1].pending = Pending(key: key, fate: .drop)
    }

    /// Takes the next scalar.
    mutating func scalar(_ scalar: Scalar, span: Span) throws(ReadFailure) {
        try charge(at: span.start)
        add(Value(.scalar(scalar), span: span))
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

    private mutating func add(_ value: Value) {
        guard !frames.isEmpty else {
            root = value
            return
        }
        frames[frames.count - 1].add(value)
    }
}
