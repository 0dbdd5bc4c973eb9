package import FlowCore
package import FlowDocument

/// What a rule looks at: one flow, the flows beside it, and facts that several rules want to know.
///
/// A fact is worked out where a rule first asks for it.
package final class Subject: Sendable {
    package let flow: Flow
    package let document: Document
    /// Which flow answers a number, among all flows that are linted together.
    package let claims: NumberClaims
    /// The date of the look; nil where it does not matter.
    package let today: CivilDate?

    private let allReads: Lazy<[ValueRead]> = Lazy()
    private let knownFacts: Lazy<DataFlow> = Lazy()
    private let knownReads: Lazy<[ValueRead]> = Lazy()
    private let knownSecretReads: Lazy<[SecretRead]> = Lazy()
    private let knownTaint: Lazy<Taint> = Lazy()
    private let knownPlans: Lazy<[DialPlan]> = Lazy()
    private let knownRequests: Lazy<[FlowNode]> = Lazy()
    private let knownURLs: Lazy<[RequestURL]> = Lazy()
    private let knownCallers: Lazy<[Bool]> = Lazy()
    private let knownNumbers: Lazy<[NumberUse]> = Lazy()

    package init(flow: Flow, document: Document, claims: NumberClaims, today: CivilDate? = nil) {
        self.today = today
        self.flow = flow
        self.document = document
        self.claims = claims
    }

    /// Which nodes must and may have run before which.
    package var facts: DataFlow { knownFacts.get { DataFlow(flow, about: everyRead.filter { !$0.isOfEvent }) } }

    /// Every read of a value that a node gave, in nodes that a run can come to.
    var reads: [ValueRead] {
        knownReads.get {
            let facts = facts
            return everyRead.filter { facts.isReachable[$0.reader] && !$0.isOfEvent }
        }
    }

    /// Every read of what Plivo said with an event, in nodes that a run can come to.
    var eventReads: [ValueRead] {
        let facts = facts
        return everyRead.filter { $0.isOfEvent && facts.isReachable[$0.reader] }
    }

    private var everyRead: [ValueRead] { allReads.get { ValueRead.all(in: flow) } }

    /// Every read of a secret, in unreachable nodes too.
    var secretReads: [SecretRead] { knownSecretReads.get { SecretRead.all(in: flow) } }

    /// Which values somebody else chooses.
    var taint: Taint { knownTaint.get { Taint(flow) } }

    /// What every node that dials does, in the order of the file.
    var dialPlans: [DialPlan] { knownPlans.get { flow.nodes.compactMap { DialPlan($0) } } }

    /// All nodes that send requests to app servers, in the order of the file.
    var requests: [FlowNode] { knownRequests.get { flow.nodes.filter(\.description.requests) } }

    /// The URLs of all requests that can be sent.
    var requestURLs: [RequestURL] { knownURLs.get { RequestURL.all(of: requests) } }

    /// By node: whether a run with a caller can come to it, and not only one of a message or an API request.
    var hasCaller: [Bool] { knownCallers.get { facts.nodesOfCalls(in: flow) } }

    /// Every literal number and SIP URI, in unreachable nodes too.
    var numberUses: [NumberUse] { knownNumbers.get { NumberUse.all(in: flow) } }

    // MARK: Findings

    package func finding(
        _ code: Code,
        _ message: String,
        at span: Span,
        severity: Finding.Severity? = nil,
        help: [String] = [],
        fixes: [Fix?] = [],
        related: [Finding.Related] = []
    ) -> Finding {
        Finding(
            code,
            message,
            file: flow.file,
            span: span,
            severity: severity,
            help: help,
            fixes: fixes.compactMap(\.self),
            related: related
        )
    }

    package func related(_ message: String, at span: Span) -> Finding.Related {
        Finding.Related(message, file: flow.file, span: span)
    }

    /// The findings about reads that `body` gives.
    func findings(aboutReads body: (ValueRead) -> Finding?) -> [Finding] { reads.compactMap(body) }

    // MARK: In the file

    /// Where a reference stands in the file.
    package func span(of reference: Reference, in use: TemplateUse) -> Span {
        document.span(ofUTF8: reference.range, in: use.value)
    }

    /// Writes another path in place of the one that a reference names.
    func edit(_ reference: Reference, in use: TemplateUse, to text: String) -> Edit? {
        let whole = Array((use.value.text ?? "").utf8)
        guard reference.range.upperBound <= whole.count else { return nil }
        let written = whole[reference.range]
        guard let start = written.firstRange(of: Array(reference.text.utf8)) else { return nil }
        return document.edit(ofUTF8: start, in: use.value, to: text)
    }

    /// Where a number stands in the file.
    func span(of use: NumberUse) -> Span { document.span(ofUTF8: use.range, in: use.scalar) }

    // MARK: Nodes

    func isStart(_ node: Int) -> Bool { node == flow.start }

    /// Whether a caller hears nothing until the answer to a node's request is there.
    func keepsCallerWaiting(_ node: Int) -> Bool { hasCaller[node] && flow.nodes[node].waitsOnCallPath }

    /// The names of outcomes in quotes, for a message.
    func named(_ outcomes: [Int], of node: Int) -> String {
        let names = outcomes.map { "\"\(flow.nodes[node].outcomes[$0].name)\"" }
        guard let last = names.last, names.count > 1 else { return names.first ?? "nothing" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
