import FlowCore
import FlowDocument
import FlowGraph
import Testing

@Suite("A flow as boxes and arrows")
struct PictureTests {
    @Test("nodes come in the file's order, with their type, their headline and when a request is sent")
    func boxes() throws {
        let picture = try picture(dialStatus)
        #expect(
            picture.boxes.filter(\.isNode) == [
                Box(.start, type: "start", name: "Start", headline: "+14155550100"),
                Box(
                    .request,
                    type: "http_request",
                    name: "Lookup",
                    headline: "GET http://127.0.0.1:5000/agents",
                    notes: ["on the call path"]
                ),
                Box(
                    .dial,
                    type: "call_forward",
                    name: "Forward",
                    headline: "+12025551234, 12025555678",
                    details: ["rings 30 s"]
                ),
                Box(
                    .delivery,
                    type: "http_request",
                    name: "Report",
                    headline: "POST http://127.0.0.1:5000/report",
                    notes: ["delivered"]
                ),
            ]
        )
        #expect(picture.start == 0)
    }

    @Test func `a dial shows in which order and how long it rings, its key, and a default`() throws {
        let picture = try picture(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Hunt}}
              Hunt:
                type: call_forward
                to: ['<<Start.params.x | default: "+12025550001">>', +12025551234]
                mode: sequence
                ring_timeout: 20
                screening: {speak: Press 1, key: 1}
                transitions: end
            """
        )
        #expect(
            picture.boxes[1]
                == Box(
                    .dial,
                    type: "call_forward",
                    name: "Hunt",
                    headline: #"<<Start.params.x | default: "+12025550001">>, +12025551234"#,
                    details: ["one after the other", "rings 20 s each", "the callee presses a key"]
                )
        )
        let words = "one after the other · rings 20 s each · the callee presses a key"
        for format in PictureFormat.allCases { #expect(picture.text(in: format).contains(words), "\(format)") }
    }

    @Test(
        arguments: [
            (nil, nil, .svg), (.dot, nil, .dot), (nil, "call.svg", .svg), (nil, "a.b/call.dot", .dot),
            (nil, "call.GV", .dot), (nil, "call.mmd", .mermaid), (nil, "call", .svg), (.mermaid, "call.md", .mermaid),
            (nil, "call.png", nil), (.svg, "call.png", nil), (.svg, "call.dot", nil), (.dot, "flow.yaml", nil),
            (nil, "call.md", nil),
        ] as [(PictureFormat?, String?, PictureFormat?)]
    )
    func `a file gets what its ending says, or nothing`(
        _ asked: PictureFormat?,
        _ file: String?,
        _ format: PictureFormat?
    ) {
        #expect((try? PictureFormat.chosen(asked, for: file)) == format)
    }

    @Test("outcomes with the same target are one arrow; those left out end the run; a start shows what it answers")
    func arrows() throws {
        let picture = try picture(dialStatus)
        #expect(
            picture.arrows == [
                Arrow(from: 0, to: 1, labels: [.init("incoming_call", .neutral)]),
                Arrow(from: 1, to: 2, labels: [.init("success", .good), .init("failed", .bad)]),
                Arrow(from: 2, to: 3, labels: [.init("completed", .good), .init("busy", .bad)]),
                Arrow(from: 2, to: 2, labels: [.init("no_answer", .neutral)]),
                Arrow(from: 2, to: 4, labels: [.init("failed", .bad)]),
                Arrow(
                    from: 3,
                    to: 5,
                    labels: [.init("success", .good, isLeftOut: true), .init("failed", .bad, isLeftOut: true)]
                ),
            ]
        )
    }

    @Test func `events are arrows of their own behind the outcomes, and the nodes behind them are reached`() throws {
        let shown = try picture(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Forward}}
              Forward:
                type: call_forward
                to: +12025551234
                events: {answered: Log, ended: Log, recording: Gone}
                transitions: Log
              Log: {type: http_request, url: http://a/, transitions: end}
            """
        )
        #expect(
            shown.arrows[1...].prefix(3) == [
                Arrow(from: 1, to: 2, labels: [.init("any outcome", .neutral)]),
                Arrow(
                    from: 1,
                    to: 2,
                    labels: [.init("event answered", .neutral), .init("event ended", .neutral)],
                    isEvent: true
                ),
                Arrow(from: 1, to: 3, labels: [.init("event recording", .neutral)], isEvent: true),
            ]
        )
        #expect(shown.boxes[3] == Box(.missing, type: "no such node", name: "Gone"))
        #expect(shown.boxes.allSatisfy { !$0.notes.contains("never reached") })
        let svg = shown.text(in: .svg)
        #expect(svg.contains("class=\"line neutral event\"") && svg.contains(".event.line{"))
        #expect(shown.text(in: .mermaid).contains("n1 -. \"event answered<br>event ended\" .-> n2"))
        #expect(shown.text(in: .dot).contains("style=dashed]"))
        #expect(try !picture(dialStatus).text(in: .svg).contains(".event"))
    }

    @Test("one name for all outcomes is one label")
    func anyOutcome() throws {
        let picture = try picture(
            "nodes: {Start: {type: start, transitions: {incoming_call: A}}, "
                + "A: {type: http_request, url: http://a/, transitions: end}}"
        )
        #expect(picture.arrows.last?.labels == [.init("any outcome", .neutral)])
    }

    @Test("a request that does not wait is delivered, also where a call_forward follows")
    func waitFalse() throws {
        let picture = try picture(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Tell}}
              Tell: {type: http_request, url: http://a/, wait: false, transitions: Forward}
              Forward: {type: call_forward, to: +12025551234, transitions: end}
            """
        )
        #expect(picture.boxes[1].kind == .delivery)
        #expect(picture.boxes[1].notes == ["delivered"])
    }

    @Test("a flow with errors is drawn: the node that is not there, the type that is none, the node nobody leads to")
    func errors() throws {
        let picture = try picture(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Forwrad}}
              Forward: {type: call_forwad, to: +12025551234, transitions: end}
            """
        )
        #expect(picture.boxes.contains(Box(.missing, type: "no such node", name: "Forwrad")))
        #expect(picture.boxes[0].marks.map(\.code) == ["FD202"])
        #expect(picture.boxes[1].kind == .step)
        #expect(picture.boxes[1].type == "call_forwad")
        #expect(picture.boxes[1].notes == ["never reached"])
        #expect(picture.boxes[1].marks.map(\.code) == ["FD104"])
    }

    @Test("findings are marked at the node they stand in, gravest first; others at the flow; other files' nowhere")
    func marks() throws {
        let build = FlowBuilder.build(source: Array(dialStatus.utf8), file: "test-flow.yaml", format: .yaml)
        let flow = try #require(build.flow)
        let warning = Code("FD901", "odd", .warning)
        let error = Code("FD902", "wrong", .error)
        let place = flow.nodes[2].source.span
        let picture = Picture(
            flow,
            findings: [
                Finding(warning, "odd", file: flow.file, span: place),
                Finding(error, "wrong", file: flow.file, span: place),
                Finding(error, "wrong", file: flow.file, span: place),
                Finding(error, "elsewhere", file: "other.yaml", span: place),
                Finding(warning, "all of it", file: flow.file, span: .start),
            ]
        )
        #expect(picture.boxes[2].marks == [Mark("FD902", .error, "wrong"), Mark("FD901", .warning, "odd")])
        #expect(picture.boxes.filter { !$0.marks.isEmpty }.count == 1)
        #expect(picture.marks == [Mark("FD901", .warning, "all of it")])
    }
}
