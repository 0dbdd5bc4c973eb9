/// A run's stay at one node: what the node may read and change.
package struct Stay: Sendable {
    package let flow: Flow
    package internal(set) var node: Int
    /// When the event came that the run follows now.
    package let at: Timestamp
    package internal(set) var run: Run

    init(flow: Flow, node: Int, at: Timestamp, run: Run) {
        self.flow = flow
        self.node = node
        self.at = at
        self.run = run
    }

    package var name: String { flow.nodes[node].name }

    package var isOnCallPath: Bool { flow.nodes[node].isOnCallPath && !run.callEnded }

    /// The URLs in the answer that this visit leads to belong to this step.
    package var nextStep: StepAddress {
        StepAddress(call: run.call, flow: run.flow, version: run.version, node: node, turn: run.turn + 1)
    }

    /// Gives the node's values, in the order of its type's list.
    package mutating func give(_ values: [Datum]) { run.values[node] = values }

    package mutating func note(_ text: String) {
        guard run.notes.count < RunLimits.notes, run.notes.last != text else { return }
        run.notes.append(text)
    }

    // MARK: Templates

    /// A template with its values, as text: for XML, dial targets, notes.
    ///
    /// A secret is not readable here.
    package mutating func text(_ template: Template) -> String {
        template.literal ?? secretText(template, .plain).redacted
    }

    /// A template with its values, each escaped for `place`; secrets stay references.
    package mutating func secretText(_ template: Template, _ place: Escaping) -> SecretText {
        var text = SecretText()
        var room = RunLimits.templateBytes
        for part in template.parts {
            switch part {
            case .literal(let literal): text.append(literal)
            case .reference(let reference):
                guard case .secret(let name) = reference.source else {
                    let (escaped, isCut) = place.escaped(value(of: reference), upTo: room)
                    if isCut {
                        note("\"\(reference.text)\" was cut: more than \(RunLimits.templateBytes) bytes in \"\(name)\"")
                    }
                    text.append(escaped)
                    // Nothing more, even where less than there was room for was left of it.
                    room = isCut ? 0 : room - escaped.utf8.count
                    continue
                }
                text.append(.secret(name: name, filters: reference.filters, place: place))
            }
        }
        return text
    }

    /// What a reference gives after its filters.
    package mutating func value(of reference: Reference) -> Datum {
        let found = read(reference)
        if found == .missing, !reference.hasDefault { note("\"\(reference.text)\" was not there, read in \"\(name)\"") }
        return reference.filters.reduce(found) { $1.apply(to: $0) }
    }

    private func read(_ reference: Reference) -> Datum {
        guard case .value(let node, let place) = reference.source else { return .missing }
        guard run.values.indices.contains(node), run.values[node].indices.contains(place) else { return .missing }
        return reference.path.reduce(run.values[node][place]) { datum, step in
            switch step {
            case .key(let key): datum[key]
            case .index(let index): datum[index]
            }
        }
    }
}

extension String {
    /// The beginning of the text that fits, cut between characters.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, end.samePosition(in: self) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
