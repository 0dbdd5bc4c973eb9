package import FlowDocument

/// The flows that are live together, by name, by number and by version.
package struct FlowSet: Sendable {
    package let flows: [Flow]
    private let byName: [String: Int]
    private let byNumber: [String: Int]
    private let byVersion: [VersionID: Int]

    package init() {
        self.init([])
    }

    private init(_ flows: [Flow]) {
        self.flows = flows
        byName = Dictionary(flows.indices.map { (flows[$0].name, $0) }) { first, _ in first }
        byNumber = Dictionary(
            flows.indices.flatMap { index in flows[index].numbers.map { ($0.number.text, index) } }
        ) { first, _ in first }
        byVersion = Dictionary(flows.indices.map { (flows[$0].version, $0) }) { first, _ in first }
    }

    package subscript(name name: String) -> Flow? { byName[name].map { flows[$0] } }

    /// The flow that answers a number, in whatever form Plivo sent it.
    package subscript(number number: String) -> Flow? { byNumber[PhoneNumber.normalized(number)].map { flows[$0] } }

    package subscript(version version: VersionID) -> Flow? { byVersion[version].map { flows[$0] } }

    /// A set, and the names and numbers that are claimed twice in it.
    package static func make(_ flows: [Flow]) -> (set: FlowSet, findings: [Finding]) {
        (FlowSet(flows), claimedTwice(by: flows))
    }

    package static func claimedTwice(by flows: [Flow]) -> [Finding] {
        var findings: [Finding] = []
        var names: [String: Int] = [:]
        var numbers: [String: (flow: Int, span: Span)] = [:]
        for (index, flow) in flows.enumerated() {
            if let first = names[flow.name].map({ flows[$0] }) {
                findings.append(
                    Finding(
                        .claimedTwice,
                        "flow name \"\(flow.name)\" is taken by \(first.file) already",
                        file: flow.file,
                        span: flow.nameSpan,
                        related: [.init("first claimed here", file: first.file, span: first.nameSpan)]
                    )
                )
            }
            names[flow.name] = names[flow.name] ?? index
            for claim in flow.numbers {
                if let (owner, span) = numbers[claim.number.text] {
                    let first = flows[owner]
                    let isOwn = owner == index
                    findings.append(
                        Finding(
                            .claimedTwice,
                            isOwn
                                ? "\(claim.number) is listed twice here"
                                : "\(claim.number) is claimed by \(first.file):\(span.start.line) already",
                            file: flow.file,
                            span: claim.span,
                            help: isOwn ? ["remove it here"] : [],
                            related: [.init("first \(isOwn ? "listed" : "claimed") here", file: first.file, span: span)]
                        )
                    )
                }
                numbers[claim.number.text] = numbers[claim.number.text] ?? (index, claim.span)
            }
        }
        return findings
    }
}
