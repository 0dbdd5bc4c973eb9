package import FlowDocument

/// The flows that are live together, by name and by number.
package struct FlowSet: Sendable {
    package let flows: [Flow]
    private let byName: [String: Int]
    private let byNumber: [String: Int]

    package init() {
        self.init([])
    }

    private init(_ flows: [Flow]) {
        self.flows = flows
        byName = Dictionary(flows.indices.map { (flows[$0].name, $0) }) { first, _ in first }
        byNumber = Dictionary(
            flows.indices.flatMap { index in flows[index].numbers.map { ($0.number.text, index) } }
        ) { first, _ in first }
    }

    package subscript(name name: String) -> Flow? { byName[name].map { flows[$0] } }

    /// The flow that answers a number, in whatever form Plivo sent it.
    package subscript(number number: String) -> Flow? { byNumber[PhoneNumber.normalized(number)].map { flows[$0] } }

    /// A set, and the names and numbers that are claimed twice in it.
    package static func make(_ flows: [Flow]) -> (set: FlowSet, findings: [Finding]) {
        var findings: [Finding] = []
        var names: [String: Flow] = [:]
        var numbers: [String: (flow: Flow, span: Span)] = [:]
        for flow in flows {
            if let first = names[flow.name] {
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
            names[flow.name] = names[flow.name] ?? flow
            for claim in flow.numbers {
                if let first = numbers[claim.number.text] {
                    findings.append(
                        Finding(
                            .claimedTwice,
                            "\(claim.number) is claimed by \(first.flow.file):\(first.span.start.line) already",
                            file: flow.file,
                            span: claim.span,
                            related: [.init("first claimed here", file: first.flow.file, span: first.span)]
                        )
                    )
                }
                numbers[claim.number.text] = numbers[claim.number.text] ?? (flow, claim.span)
            }
        }
        return (FlowSet(flows), findings)
    }
}
