/// A run's stay at one node: what the node may read, say and change.
package struct Stay: Sendable {
    package let flow: Flow
    package private(set) var node: Int
    /// The visit's index in ``Run/path``; nil for a document of a node that the run never came to.
    package private(set) var visit: Int?
    /// When the event came that the run follows now.
    package let at: Timestamp
    package internal(set) var run: Run
    /// What Plivo is told by this turn so far.
    package internal(set) var document: [Verb] = []
    /// The document ends the call by itself.
    private(set) var isClosed = false

    init(flow: Flow, run: Run, at: Timestamp) {
        self.flow = flow
        self.run = run
        self.at = at
        node = 0
    }

    /// - Parameter visit: nil for the latest.
    mutating func move(to node: Int, visit: Int? = nil) {
        self.node = node
        self.visit = visit ?? run.path.lastIndex { $0.node == node }
    }

    package var name: String { flow.nodes[node].name }

    package var call: CallState { run.call }

    /// Whether a node that needs the caller can be reached from here, whether or not the call is up.
    package var leadsToCaller: Bool { flow.nodes[node].isOnCallPath }

    /// Whether a caller is there who can still hear something after this node.
    package var isOnCallPath: Bool { flow.nodes[node].isOnCallPath && !run.call.isOver }

    /// Whether anything depends on what the node gives or on how it ends.
    package var resultCounts: Bool { flow.nodes[node].resultCounts }

    // MARK: What is told

    /// Adds to the document of this turn.
    package mutating func say(_ verb: Verb) { document.append(verb) }

    /// One of flowd's own URLs, for the document of this turn.
    ///
    /// - Parameter callback: ``Callback/action``, ``Callback/none``, or a name from the node's
    ///   ``NodeDescription/callbacks``.
    package func link(_ callback: String) -> Link {
        let step = StepAddress(run: run.id, flow: run.flow, version: run.version, node: node, turn: run.turn + 1)
        return .own(CallbackAddress(step, callback, access(to: callback)))
    }

    private func access(to callback: String) -> CallbackAddress.Access {
        if callback == Callback.action || callback == Callback.none { return run.id.kind == .call ? .byCall : .byRun }
        guard let description = flow.nodes[node].description.callback(callback) else {
            preconditionFailure("\(flow.nodes[node].description.type) describes no callback \"\(callback)\"")
        }
        return description.isSigned ? .byRun : .byToken
    }

    /// The call ends with the flow's apology: nothing more can be said in it.
    package mutating func apologize() {
        document = .apology(flow.apology)
        isClosed = true
        run.call.isOver = true
    }

    /// Ends the call by a last verb: what follows runs without a caller.
    package mutating func endCall(_ verb: Verb) {
        document.append(verb)
        isClosed = true
        run.call.isOver = true
    }

    // MARK: What is kept

    /// What the node remembers while the run waits for it; ``Datum/missing`` for a visit that is over.
    package var state: Datum {
        get { isAwaited ? run.wait?.state ?? .missing : .missing }
        set { if isAwaited { run.wait?.state = newValue } }
    }

    /// Whether the run waits in this very visit.
    package var isAwaited: Bool { run.wait?.node == node && isLatestVisit }

    /// What the record keeps of this visit.
    package var details: Datum {
        get { visit.map { run.path[$0].details } ?? .missing }
        set { if let visit { run.path[visit].details = newValue } }
    }

    /// Keeps what Plivo reported, in the words of the node's ``NodeDescription/plays``.
    ///
    /// - Parameter parameters: those that the node read; empty values are left out.
    package mutating func heard(_ key: String, _ word: String = "", _ parameters: [(String, String)] = []) {
        guard let visit, run.path[visit].heard.count < Run.Heard.limit else { return }
        let told = parameters.filter { !$0.1.isEmpty }
        run.path[visit].heard.append(Run.Heard(key, word, at: at, told))
    }

    /// Keeps that the call ended during the visit, once.
    package mutating func heardHangup() {
        guard let visit, !run.path[visit].heard.contains(where: { $0.key == Run.Heard.hangup }) else { return }
        heard(Run.Heard.hangup)
    }

    /// Keeps that a caller who is waited for is gone: the call ended, or nothing came in time.
    ///
    /// - Returns: false for a signal that says neither.
    package mutating func heardCallerGo(_ signal: Signal) -> Bool {
        switch signal {
        case .hungUp: heard(Run.Heard.hangup)
        case .timeIsUp:
            heard(Run.Heard.nothing)
            run.note(Note(.watchdog, node: node))
        case .callback, .requestEnded: return false
        }
        return true
    }

    /// Gives one of the node's values.
    ///
    /// Where the node was visited again since, the later visit's values stay.
    package mutating func give(_ name: String, _ value: Datum) {
        let description = flow.nodes[node].description
        guard let index = description.value(name) else {
            preconditionFailure("\(description.type) describes no value \"\(name)\"")
        }
        guard isLatestVisit else { return }
        // None before the first is given; fewer where the run is of a flowd whose type had fewer.
        let missing = (description.eventValue ?? description.values.count) - run.values[node].count
        if missing > 0 { run.values[node] += Array(repeating: .missing, count: missing) }
        run.values[node][index] = value
    }

    /// Whether the node's type has a value of that name.
    package func describes(_ value: String) -> Bool { flow.nodes[node].description.value(value) != nil }

    /// Forgets what an earlier visit gave.
    package mutating func clearValues() { run.values[node] = [] }

    /// One of the node's values, as the latest visit gave it.
    package func given(_ name: String) -> Datum {
        guard let index = flow.nodes[node].description.value(name), run.values[node].indices.contains(index) else {
            return .missing
        }
        return run.values[node][index]
    }

    /// Changes one of the flow's variables.
    package mutating func set(_ variable: Int, to value: Datum) {
        if run.variables.count < flow.variables.count {
            run.variables += flow.variables[run.variables.count...].map { .text($0.first) }
        }
        run.variables[variable] = value
    }

    private var isLatestVisit: Bool {
        guard let visit else { return true }
        return !run.path[(visit + 1)...].contains { $0.node == node }
    }

    package mutating func note(_ kind: NoteKind, _ values: String...) {
        run.note(
            Note(code: kind.code, node: node, values: values.map { $0.cut(toBytes: Note.valueBytes) })
        )
    }

    // MARK: Templates

    /// A template with its values, as text: for XML, dial targets, notes.
    ///
    /// A secret is not readable here, and a sensitive value is left out, with a note.
    package mutating func text(_ template: Template) -> String {
        template.literal ?? secretText(template, .plain).redacted
    }

    /// A template with its values, each escaped for where it lands; secrets stay references.
    ///
    /// - Parameter takesSensitive: whether it is a place that nobody logs: sensitive values stay references there, and are
    ///   left out elsewhere, with a note.
    package mutating func secretText(
        _ template: Template,
        _ escaping: Escaping,
        takesSensitive: Bool = false
    ) -> SecretText {
        var text = SecretText()
        var room = RunLimits.templateBytes
        for part in template.parts {
            switch part {
            case .literal(let literal): text.append(literal)
            case .reference(let reference):
                guard case .secret(let name) = reference.source else {
                    let value = value(of: reference)
                    if case .sealed(let number) = value {
                        if takesSensitive { text.append(.sealed(number, escaping: escaping)) }
                        if !takesSensitive { note(.leftOut, reference.text) }
                        continue
                    }
                    let (escaped, isCut) = escaping.escaped(value, upTo: room)
                    if isCut { note(.cutValue, reference.text, "\(RunLimits.templateBytes)") }
                    text.append(escaped)
                    // Nothing more, even where less than there was room for was left of it.
                    room = isCut ? 0 : room - escaped.utf8.count
                    continue
                }
                text.append(.secret(name: name, filters: reference.filters, escaping: escaping))
            }
        }
        return text
    }

    /// What a reference gives after its filters.
    package mutating func value(of reference: Reference) -> Datum {
        let found = read(reference)
        if found == .missing, !reference.hasDefault { note(.missingValue, reference.text) }
        guard case .sealed = found, !reference.filters.isEmpty else {
            return reference.filters.reduce(found) { $1.apply(to: $0) }
        }
        return sealed(reference.filters.reduce(revealed(found)) { $1.apply(to: $0) }.rendered)
    }

    // MARK: Sensitive values

    /// Keeps a sensitive text in the run's vault; what is returned stands for it, and shows nothing of it.
    package mutating func sealed(_ text: String) -> Datum {
        // Once all is over nothing needs it.
        guard !run.hasEnded else { return .missing }
        return .sealed(run.vault.add(text.cut(toBytes: RunLimits.templateBytes), turn: run.turn))
    }

    /// What stands behind a sensitive value, for a node that decides by it; any other value as it is.
    ///
    /// What is returned must not be told, kept or noted.
    package func revealed(_ value: Datum) -> Datum {
        guard case .sealed(let number) = value else { return value }
        return run.vault.text(number).map(Datum.text) ?? .missing
    }

    /// A template with its values as a value of its own: sensitive where a value in it is.
    ///
    /// A secret is not readable here.
    package mutating func datum(_ template: Template) -> Datum {
        let text = secretText(template, .plain, takesSensitive: true)
        guard text.holdsSensitive else { return .text(text.redacted) }
        return sealed(text.resolved(run.vault) { _ in nil })
    }

    private func value(_ index: Int, of node: Int) -> Datum {
        if index == flow.nodes[node].description.eventValue { return run.saidWithEvent(of: node) }
        guard run.values.indices.contains(node), run.values[node].indices.contains(index) else { return .missing }
        return run.values[node][index]
    }

    /// A template with its values, sensitive ones too, for a node that decides by it.
    ///
    /// What is returned must not be told, kept or noted. A secret is not readable here.
    package mutating func deciding(_ template: Template) -> String {
        template.literal ?? secretText(template, .plain, takesSensitive: true).resolved(run.vault) { _ in nil }
    }

    private func read(_ reference: Reference) -> Datum {
        if case .variable(let index) = reference.source { return run.variable(index, of: flow) }
        guard case .value(let node, let index) = reference.source else { return .missing }
        return reference.path.reduce(value(index, of: node)) { datum, step in
            switch step {
            case .key(let key): datum[key]
            case .index(let index): datum[index]
            }
        }
    }
}
