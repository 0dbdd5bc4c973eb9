package import FlowCore
package import FlowDocument

/// One check, in one file under `Rules/`: what it says, why it matters, flows that fail, flows that pass, and the code.
///
/// The examples are its tests, its `flowd explain` page and its entry in the rule reference. Rules that the flow's
/// reader checks as it reads (what keeps a flow from being served) have no ``check(_:)`` of their own.
package protocol Rule: Sendable {
    static var code: Code { get }
    /// One sentence: what it finds.
    static var summary: String { get }
    /// A few sentences: what would happen in a call.
    static var why: String { get }
    /// Flows with `↓` before the character where the finding begins.
    static var bad: [Example] { get }
    /// Flows in which this rule finds nothing.
    static var good: [Example] { get }

    /// What is wrong with a flow.
    static func check(_ subject: Subject) -> [Finding]
}

extension Rule {
    package static func check(_ subject: Subject) -> [Finding] { [] }
}

/// A flow file in a rule's documentation.
package struct Example: Sendable {
    package let text: String
    package let format: Document.Format

    package init(_ text: String, format: Document.Format = .yaml) {
        self.text = text
        self.format = format
    }
}

/// What a rule looks at: one flow, the flows beside it, and what several rules want to know of it, worked out once.
package final class Subject: Sendable {
    package let flow: Flow
    package let document: Document
    /// Who answers which number, among all flows that are linted together, this one among them.
    package let claims: NumberClaims
    /// Must-run and may-run facts.
    package let facts: DataFlow
    /// Every read of a node's value, in nodes that a run can come to.
    let reads: [ValueRead]
    /// Every read of a secret.
    let secretReads: [SecretRead]
    /// Which values somebody else chooses.
    let taint: Taint
    /// All call_forwards, in the order of the file.
    let calls: [WrittenCall]
    /// All http_requests, in the order of the file.
    let requests: [FlowNode]
    /// The URLs of all http_requests that can be called.
    let requestURLs: [RequestURL]
    /// Whether a call, and not only a message or an API request, can come to a node.
    let hasCaller: [Bool]
    /// Every literal number, those in unreachable nodes too.
    let numberUses: [NumberUse]

    package init(flow: Flow, document: Document, claims: NumberClaims) {
        self.flow = flow
        self.document = document
        self.claims = claims
        let reads = ValueRead.all(in: flow)
        let facts = DataFlow(flow, about: reads)
        self.facts = facts
        self.reads = reads.filter { facts.isReachable[$0.reader] }
        secretReads = SecretRead.all(in: flow)
        taint = Taint(flow)
        calls = flow.nodes.compactMap { WrittenCall($0) }
        requests = flow.nodes.filter { $0.description.type == "http_request" }
        requestURLs = RequestURL.all(of: requests)
        hasCaller = facts.nodesOfCalls(in: flow)
        numberUses = NumberUse.all(in: document, calls)
    }

    /// Where a reference stands in the file.
    package func span(of reference: Reference, in use: TemplateUse) -> Span {
        document.span(ofUTF8: reference.range, in: use.value)
    }
}
