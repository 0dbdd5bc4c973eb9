import FlowCore
import FlowDocument
import Testing

/// Builds a flow that has to be right.
func flow(_ yaml: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Flow {
    let build = FlowBuilder.build(source: Array(yaml.utf8), file: "test-flow.yaml", format: .yaml)
    for finding in build.findings where finding.severity == .error {
        Issue.record("\(finding.code.id) \(finding.message)", sourceLocation: sourceLocation)
    }
    return try #require(build.flow, sourceLocation: sourceLocation)
}

/// The codes and places of what is wrong with a flow.
func problems(_ text: String, file: String = "test-flow.yaml", format: Document.Format = .yaml) -> [String] {
    findings(text, file: file, format: format).map { "\($0.code.id) \($0.span.start.line):\($0.span.start.column)" }
}

/// What is wrong with a flow.
func findings(_ text: String, file: String = "test-flow.yaml", format: Document.Format = .yaml) -> [Finding] {
    FlowBuilder.build(source: Array(text.utf8), file: file, format: format).findings
        .sorted(by: Finding.inReportOrder)
}

let noon = Timestamp(milliseconds: 1_775_648_073_000)

func callID(_ text: String = "5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11") throws -> RunID {
    try #require(RunID(.call, text))
}

let caller = Parameters([
    ("CallUUID", "5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11"), ("From", "14155551234"), ("To", "+14155550100"),
    ("Direction", "inbound"), ("X-PH-Account", "gold"),
])

/// Plivo's action for the first node behind start, as it says how a dial ended.
func result(
    _ turn: Int,
    _ status: String,
    _ cause: String = "",
    bLeg: String = "",
    node: Int = 1
) throws -> Event {
    let pairs = [
        ("DialStatus", status), ("DialRingStatus", "true"), ("DialHangupCause", cause), ("DialALegUUID", "a-leg"),
        ("DialBLegUUID", bLeg),
    ]
    return try event("result", turn, pairs, node: node)
}

/// A webhook to a URL of the first node behind start.
func event(_ name: String, _ turn: Int, _ pairs: [(String, String)] = [], node: Int = 1) throws -> Event {
    var parameters = caller
    for (name, value) in pairs { parameters.append(name, value) }
    return .callback(Callback(name, turn: turn, parameters), try step(turn, node: node))
}

func step(_ turn: Int, node: Int = 1) throws -> StepAddress {
    try StepAddress(run: callID(), flow: "test-flow", version: VersionID(digest: []), node: node, turn: turn)
}

extension Interpreter {
    /// Each visit that has ended, as `Node=outcome`.
    func outcomes(of run: Run) -> [String] {
        run.path.compactMap { step in
            step.outcome.map { "\(flow.nodes[step.node].name)=\(flow.nodes[step.node].outcomes[$0].name)" }
        }
    }

    /// The values that a node has given, by name.
    func values(of name: String, _ run: Run) -> [String: String] {
        guard let node = flow.node(named: name) else { return [:] }
        let given = zip(flow.nodes[node].description.values, run.values[node]).filter { $0.1 != .missing }
        return Dictionary(uniqueKeysWithValues: given.map { ($0.name, $1.rendered) })
    }

    /// Begins a run, as ``Event/began(_:)`` does.
    func start(_ run: RunID, _ parameters: Parameters, at: Timestamp) throws -> Turn {
        try #require(handle(.began(Beginning(run, parameters)), nil, at: at))
    }
}

extension Turn {
    /// The `<Dial>` that Plivo is told.
    var dial: Dial? {
        for case .dial(let dial)? in [document?.last] { return dial }
        return nil
    }

    var bodies: [String] { orders.map(\.request.body.redacted) }

    var notes: [String] { run.notes.map(\.code) }
}

let dialStatus = """
    nodes:
      Start:
        type: start
        transitions: {incoming_call: Forward, incoming_message: Report}
      Forward:
        type: call_forward
        to: +12025551234, 12025555678
        transitions: Report
      Report:
        type: http_request
        url: http://127.0.0.1:5000/report
        body:
          caller: <<Start.call.from>>
          DialStatus: <<Forward.DialStatus>>
          outcome: <<Forward.status>>
        transitions: end
    """
