/// One pass of libyaml over a text: its tree, what is wrong with it, and the values that lack their quotes.
struct YAMLPass {
    let repair: YAMLRepair
    /// Copy of `repair.source`, kept as a stored property because it is read for every scalar.
    let source: [UInt8]
    let file: String
    var positions: YAMLPositions
    var tree: TreeBuilder
    var findings: [Finding] = []
    /// Values that YAML reads as something else than their author meant.
    ///
    /// Until they are quoted, the tree and the findings may be wrong.
    var unquoted: [UnquotedValue] = []
    /// Why libyaml ended before the text.
    var failure: Finding?
    /// Whether a tab is why.
    private(set) var isStoppedByTab = false
    /// The scalar that came last; where it ends libyaml's objection often begins.
    var last: (style: Scalar.Style, span: Span)?
    /// The scalar that came before the last key.
    var beforeKey: (style: Scalar.Style, span: Span)?
    /// The texts behind anchors, empty for long ones, lists and mappings.
    var anchors: [String: String] = [:]
    /// Whether something is left out of the tree.
    var hasGaps = false
    private let lineBreaks: OddLineBreaks?
    private var hasDocument = false
    private var isEndedByDots = false

    init(_ repair: YAMLRepair, _ characters: YAMLCharacters, file: String, limits: Limits) {
        self.repair = repair
        source = repair.source
        self.file = file
        positions = YAMLPositions(repair, isASCII: characters.isASCII)
        tree = TreeBuilder(limits: limits, duplicateKeys: .keepFirst)
        lineBreaks = characters.lineBreaks
    }

    var root: Value? { tree.root }
    /// Whether the text has nothing but comments.
    var isEmpty: Bool {
        guard let root else { return failure == nil }
        return root.scalar?.style == .absent && failure == nil
    }

    mutating func run() {
        var parser = YAMLParser(repair.text, lineBreaks: lineBreaks)
        do throws(ReadFailure) {
            while true {
                switch parser.next() {
                case .end: return finish()
                case .failure(let problem): return fail(problem)
                case .event(let event):
                    guard try take(event) else { return finish() }
                }
            }
        } catch {
            failure = error.finding(in: file)
            finish()
        }
    }

    /// Takes an event into the tree; false ends the reading.
    private mutating func take(_ event: consuming YAMLEvent) throws(ReadFailure) -> Bool {
        switch event.kind {
        case .documentStart:
            if hasDocument {
                report(secondDocument(at: positions.position(event.start)))
                return false
            }
            hasDocument = true
        case .documentEnd(let isExplicit): isEndedByDots = isExplicit
        case .scalar(let scalar): try take(scalar, of: event)
        case .alias(let name): try takeAlias(name, span: positions.span(event))
        case .collectionStart(let isMapping, let isFlow): try open(isMapping: isMapping, isFlow: isFlow, event)
        case .collectionEnd: tree.close(at: tree.isInFlow ? positions.position(event.end) : nil)
        }
        return true
    }

    private mutating func fail(_ problem: YAMLProblem) {
        let place = positions.position(problem.place)
        if isEndedByDots {
            report(secondDocument(at: place))
            return finish()
        }
        let objection = YAMLObjection(
            words: problem.words,
            context: problem.context,
            place: place,
            contextPlace: problem.contextPlace.map { positions.position($0) },
            last: last,
            isInFlow: tree.isInFlow,
            flowStart: tree.start,
            outermostFlowStart: tree.outermostFlowStart,
            repair: repair
        )
        if let value = objection.unquoted { unquoted.append(value) }
        failure = objection.finding(file: file)
        isStoppedByTab = objection.isAboutTab
        finish()
    }

    private mutating func finish() {
        for duplicate in tree.duplicates {
            findings.append(duplicate.finding(in: file))
        }
    }

    private func secondDocument(at place: Position) -> ReadFailure {
        let end = place.moved(to: source.lineEnd(from: place.offset), in: source)
        return ReadFailure(
            .unsupportedSyntax,
            "a second document begins here, and a file holds one flow",
            span: Span(place, end),
            help: ["move it to a file of its own"]
        )
    }

    mutating func report(_ failure: ReadFailure) { findings.append(failure.finding(in: file)) }
}
