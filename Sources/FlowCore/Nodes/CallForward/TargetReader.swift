/// Reads whom a call_forward dials, of the texts and values that `to` gives.
struct TargetReader {
    /// That of the flow's country.
    let plan: NumberPlan?
    /// In order, each once.
    private(set) var targets: [DialTarget] = []
    /// What is to be said of texts that were dropped or cut.
    private(set) var remarks: [(kind: NoteKind, text: String)] = []
    private var known: Set<DialTarget> = []

    init(in plan: NumberPlan?) {
        self.plan = plan
    }

    /// Reads a part of the author's text, which is one target.
    mutating func add(_ text: String) {
        if !take(text) { drop(text, for: WrittenNumber(text, in: plan).fault) }
    }

    /// Reads what a value gave: a text is one target, or several with commas if each is one; a list is its items.
    ///
    /// - Parameter name: what stands in `<<…>>`.
    mutating func add(_ value: Datum, named name: String) {
        switch value {
        case .missing, .null: remarks.append((.emptyTarget, name))
        case .text(let text): addValue(text, named: name)
        case .number(let digits):
            if digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                add(digits)
            } else {
                drop(digits, for: .noNumber)
            }
        case .list(let items):
            if items.isEmpty { remarks.append((.emptyTarget, name)) }
            for item in items { add(item, named: name) }
        case .sealed: remarks.append((.leftOut, name))
        case .boolean, .object: drop(value.rendered, for: .noNumber)
        }
    }

    private mutating func addValue(_ text: String, named name: String) {
        guard !text.isBlank else {
            remarks.append((.emptyTarget, name))
            return
        }
        if take(text) { return }
        let pieces = text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        guard pieces.count > 1 else { return drop(text, for: WrittenNumber(text, in: plan).fault) }
        // One piece that is none shows that the text is no list of targets, whatever the others look like.
        let faults = pieces.compactMap { DialTarget(sip: $0) == nil ? WrittenNumber($0, in: plan).fault : nil }
        guard faults.isEmpty else {
            drop(text, for: faults.allSatisfy { $0 == .needsCountry } ? .needsCountry : .noNumber)
            return
        }
        for piece in pieces { _ = take(piece) }
    }

    /// - Returns: whether the text is one target.
    private mutating func take(_ text: String) -> Bool {
        let text = text.trimmed
        if let user = DialTarget(sip: text) {
            insert(user)
            return true
        }
        let written = WrittenNumber(text, in: plan)
        guard let number = written.number else { return false }
        insert(.number(number.text))
        if written.extension != nil { remarks.append((.extensionCut, text)) }
        return true
    }

    private mutating func insert(_ target: DialTarget) {
        if known.insert(target).inserted { targets.append(target) }
    }

    private mutating func drop(_ text: String, for fault: WrittenNumber.Fault?) {
        let kind: NoteKind =
            switch fault {
            case .needsCountry: .needsCountry
            case .notInCountry: .notInCountry
            default: .notDialled
            }
        remarks.append((kind, text))
    }
}

extension Template {
    /// The parts between the commas that the author wrote, without blanks at their ends; a comma of a value divides nothing.
    var commaParts: [Template] {
        var divided: [[Part]] = [[]]
        for part in parts {
            guard case .literal(let text) = part else {
                divided[divided.count - 1].append(part)
                continue
            }
            for (index, piece) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { divided.append([]) }
                if !piece.isEmpty { divided[divided.count - 1].append(.literal(String(piece))) }
            }
        }
        return divided.map { Template($0).trimmed }.filter { !$0.parts.isEmpty }
    }

    /// Without blanks that the author wrote at the ends.
    private var trimmed: Template {
        var parts = parts
        if case .literal(let text)? = parts.first { parts[0] = .literal(String(text.drop(while: \.isWhitespace))) }
        if case .literal(let text)? = parts.last {
            let blanks = text.reversed().prefix(while: \.isWhitespace).count
            parts[parts.count - 1] = .literal(String(text.dropLast(blanks)))
        }
        return Template(
            parts.filter { part in
                guard case .literal(let text) = part else { return true }
                return !text.isEmpty
            }
        )
    }
}
