import FlowCore
import FlowDocument

/// Looks at a flow without errors: one start, every way leads somewhere, every template reads a value that there is.
func checkFlow(_ flow: Flow, _ document: Document, _ places: Places) {
    let entries = document.root["nodes"]?.entries ?? []
    expect(flow.nodes.map(\.name) == entries.map(\.key.text), "every node is built")
    expect(flow.start.map { flow.nodes[$0].description.type } == "start", "a start node")
    for node in flow.nodes {
        places.check(node.nameSpan, node.name)
        expect(node.transitions.count == node.outcomes.count, "a transition for each outcome")
        for transition in node.transitions {
            places.check(transition.span, "transition")
            places.check(transition.keySpan, "outcome")
            expect(transition.target != .dangling, "no transition dangles")
            expect(transition.node.map(flow.nodes.indices.contains) != false, "a transition leads to a node")
        }
        for use in node.templates { checkUse(use, flow, document, places) }
    }
    for claim in flow.numbers { expect(PhoneNumber(claim.number.text) == claim.number, "\(claim.number) is a number") }
}

private func checkUse(_ use: TemplateUse, _ flow: Flow, _ document: Document, _ places: Places) {
    guard let scalar = use.value.scalar else { return expect(false, "a template stands in a scalar") }
    let text = Array(scalar.text.utf8)
    var last = 0
    for reference in use.template.references {
        expect(last <= reference.range.lowerBound && reference.range.upperBound <= text.count, "\(reference.range)")
        last = reference.range.upperBound
        let written = String(decoding: text[reference.range], as: UTF8.self)
        expect(
            written.hasPrefix("<<") && written.hasSuffix(">>") || written.hasPrefix("{{") && written.hasSuffix("}}"),
            "\(written) is in its marks"
        )
        expect(written.utf8.firstRange(of: reference.text.utf8) != nil, "\(written) has \(reference.text)")
        checkPart(reference.range, written, of: use.value, scalar, document, places)
        if case .value(let node, let value) = reference.source {
            expect(flow.nodes.indices.contains(node), "\(written) reads a node")
            expect(flow.nodes[node].description.values.indices.contains(value), "\(written) reads a value")
        }
        for filter in reference.filters {
            expect(filter.kind.arguments.contains(filter.arguments.count), "\(written) has its arguments")
        }
    }
}

// MARK: Calls

/// Places a call, and sends a message, through a flow without errors: whatever was written, no run gets stuck.
func checkCalls(_ flow: Flow) {
    let interpreter = Interpreter(flow)
    for kind in [RunID.Kind.call, .message] where interpreter.takes(kind) {
        guard let call = RunID(kind, "5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11") else { return }
        let beginning = Event.began(Beginning(call, caller))
        guard var turn = interpreter.handle(beginning, nil, at: noon) else {
            return expect(false, "a flow that takes a call begins a run")
        }
        expect(turn == interpreter.handle(beginning, nil, at: noon), "the same call is the same turn")
        for step in 0..<24 {
            check(turn, flow)
            guard let event = awaited(by: turn.run, step, flow) else { break }
            let at = noon + 10 * (step + 1)
            guard let next = interpreter.handle(event, turn.run, at: at) else {
                return expect(false, "what a run waits for moves it: \(turn.run.wait.map { "\($0)" } ?? "")")
            }
            expect(next == interpreter.handle(event, turn.run, at: at), "the same event is the same turn")
            turn = next
        }
    }
}

private let noon = Timestamp(milliseconds: 1_775_648_073_000)

/// What Plivo says of a call, with what an escape has to hold back.
private let caller = Parameters([
    ("CallUUID", "5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11"), ("From", "14155551234"), ("To", "+14155550100"),
    ("Direction", "inbound"), ("X-PH-Name", "\u{1}\"<<Start.call.from>>\\\r\n&é=%😀"),
])

/// An answer to what a run waits for; another one at each step.
private func awaited(by run: Run, _ step: Int, _ flow: Flow) -> Event? {
    let request = RequestResult(
        statusCode: step.isMultiple(of: 3) ? 500 : 200,
        contentType: "application/json",
        body: Array(#"{"agent": "+12025551234", "list": [1, {"a": "b\"\u0001\\"}], "none": null, "no": false}"#.utf8)
    )
    guard let wait = run.wait else { return run.outstanding.first.map { .requestEnded($0, request) } }
    guard wait.signals.contains(.callback) else {
        return (wait.request?.key ?? wait.deliveries.first).map { .requestEnded($0, request) }
    }
    let plays = flow.nodes[wait.node].description.plays.filter(\.movesTurn).flatMap { play in
        play.words.map { (play, $0) }
    }
    let (play, word) = plays[step % plays.count]
    let said = play.parameters(PlayedWord(word.name, aLeg: "a-leg", bLeg: "b-leg", target: "+12025551234"))
    let name = play.address == .redirect ? Callback.none : Callback.action
    let callback = Callback(name, turn: run.turn, Parameters(caller.pairs.map { ($0.name, $0.value) } + said))
    let address = StepAddress(run: run.id, flow: run.flow, version: run.version, node: wait.node, turn: run.turn)
    return .callback(callback, address)
}

private func check(_ turn: Turn, _ flow: Flow) {
    let run = turn.run
    expect(
        run.notes.count <= RunLimits.notes && run.call.dials <= RunLimits.dialsPerRun,
        "a run keeps within its bounds"
    )
    expect(run.path.allSatisfy { flow.nodes.indices.contains($0.node) }, "a run goes from node to node")
    if run.wait == nil, run.outstanding.isEmpty { expect(run.hasEnded, "what waits for nothing has ended") }
    for order in turn.orders { check(order.request, flow.nodes[order.key.node]) }
    if let pending = run.wait?.request { check(pending.request, flow.nodes[pending.key.node]) }
}

/// Looks whether a request can be sent, whatever the secrets say.
private func check(_ request: OutboundRequest, _ node: FlowNode) {
    let secret = { (_: String) -> String? in "s\"\\\r\n\u{1}é <<" }
    let origin = request.origin
    expect(origin.hasPrefix("http://") || origin.hasPrefix("https://"), "\(origin) is an origin")
    let target = request.target.resolved(secret)
    expect(target.utf8.first == UInt8(ascii: "/"), "\(target) is a target")
    expect(target.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "\(target) is percent-encoded")
    for header in request.headers {
        let value = header.value.resolved(secret)
        expect(value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{7F}" }, "\(header.name) is one header")
    }
    // A Content-Type of the author's own says nothing of the body.
    guard node.source["headers"] == nil, request.headers.contains(.init("Content-Type", SecretText("application/json")))
    else { return }
    let body = request.body.resolved(secret)
    expect(Datum(json: Array(body.utf8)) != nil, "\(body) is JSON")
}
