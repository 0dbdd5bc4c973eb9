package import FlowDocument

/// A checked graph of nodes and the one where runs begin.
///
/// Built once, when it is loaded: names are indices, templates are parsed, edges are resolved. A class, so that whoever
/// decides about a call copies one reference and not all that a flow holds.
package final class Flow: Sendable {
    package let name: String
    /// Which text this is.
    package let version: VersionID
    /// The path as the user gave it.
    package let file: String
    package let summary: String
    package let numbers: [ClaimedNumber]
    /// Of the country whose numbers are written without `+`.
    package let plan: NumberPlan?
    package let apology: Apology
    /// How texts are spoken where a node does not say.
    package let speech: SpeechSettings
    /// In the order in which the flow declares them.
    package let variables: [Variable]
    package let nodes: [FlowNode]
    /// The start node's index; nil only in a flow with errors.
    package let start: Int?
    /// Where the flow's name stands, or the beginning of the file.
    package let nameSpan: Span
    /// What the flow's head says, above the nodes.
    package let settings: [Setting]

    init(
        _ head: FlowHead,
        version: VersionID,
        file: String,
        variables: [Variable],
        nodes: [FlowNode],
        start: Int?
    ) {
        name = head.name
        self.version = version
        self.file = file
        summary = head.summary
        numbers = head.numbers
        plan = head.plan
        apology = head.apology
        speech = head.speech
        self.variables = variables
        self.nodes = nodes
        self.start = start
        nameSpan = head.nameSpan
        settings = head.settings
    }

    private init(_ flow: Flow, version: VersionID) {
        name = flow.name
        self.version = version
        file = flow.file
        summary = flow.summary
        numbers = flow.numbers
        plan = flow.plan
        apology = flow.apology
        speech = flow.speech
        variables = flow.variables
        nodes = flow.nodes
        start = flow.start
        nameSpan = flow.nameSpan
        settings = flow.settings
    }

    /// The same flow, once it is known which text it was read from.
    package func of(_ version: VersionID) -> Flow { Flow(self, version: version) }

    /// A Plivo number that the flow answers, and where it says so.
    package struct ClaimedNumber: Sendable {
        package let number: PhoneNumber
        package let span: Span
    }

    package func node(named name: String) -> Int? { nodes.firstIndex { $0.name == name } }

    /// Where runs go on whose caller has hung up, and the outcome of the start node that says so; nil where none does.
    package var callHangup: (outcome: Int, target: Int)? {
        guard let start, let outcome = nodes[start].outcomes.firstIndex(where: { $0.kind == .callHangup }),
            let target = nodes[start].transitions[outcome].node
        else { return nil }
        return (outcome, target)
    }

    /// Whether an outcome takes the way of ``callHangup``: it says that the caller hung up, and has no way of its own.
    package func isImpliedHangup(_ outcome: Int, of node: Int) -> Bool {
        nodes[node].transitions[outcome].target == .omitted && nodes[node].outcomes[outcome].kind == .hangup
    }
}
