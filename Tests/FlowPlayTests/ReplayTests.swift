import FlowCore
import FlowDocument
import FlowPlay
import FlowStore
import Testing

/// What was recorded can be played again, and written down.
struct ReplayTests {
    @Test("a recorded call goes the way that it went", arguments: House.cases)
    func replay(_ shipped: Shipped) async throws {
        let played = try #require(shipped.item.played)
        let wanted = try #require(shipped.wanted)
        let store = MemoryStore()
        let result = await Player(played).play(wanted, store: store)
        guard result.run != nil else { return }
        let name = wanted.kind == .call ? "CallUUID" : "MessageUUID"
        let call = try await RecordedCall.find(try #require(wanted.parameters[name]), in: store)
        let replay = await Replay.play(call)
        #expect(replay.isSame, "\(replay.text())")
        #expect(replay.call.run.path.map(\.node) == replay.result.run?.path.map(\.node))

        // What is written reads as the same case, and holds.
        let text = CaseWriter(flow: played.flow.name).text([replay.call.writtenItem])
        let (file, _) = CaseFile.read(Array(text.utf8), file: "recorded.test.yaml") { _ in played.flow }
        #expect(file.findings.map(\.message) == [], "\(text)")
        let again = await Player(played).play(try #require(file.cases.first))
        #expect(again.failures == [], "\(text)")
    }

    /// A call at some other time than a play's, with fractions of a second between what happens.
    private func recorded(_ played: PlayedFlow) async throws -> RecordedCall {
        let store = MemoryStore()
        var answer = ScriptedAnswer(.status(200), body: #"{"agent":"+12025551234"}"#, contentType: "application/json")
        let opening = Timestamp(milliseconds: 1_795_859_389_700)
        answer.cameAt = Timestamp(milliseconds: opening.milliseconds + 400)
        let item = CallCase(
            name: "x",
            parameters: Parameters([("CallUUID", "x"), ("From", "+14155551234"), ("To", "+14155550100")]),
            steps: [
                CaseStep(.incident(Incident("dial", "busy")), at: Timestamp(milliseconds: opening.milliseconds + 9_350))
            ],
            answers: [
                NodeAnswers(node: "Lookup", answers: [answer]),
                NodeAnswers(node: "Report", answers: [ScriptedAnswer(.status(200))]),
            ]
        )
        _ = await Player(played, opening: opening).play(item, store: store)
        return try await RecordedCall.find("x", in: store)
    }

    @Test func `a recorded call is played at its own time, with the requests that were sent`() async throws {
        let played = try flow(timedReport)
        let call = try await recorded(played)
        let sent = try #require(call.deliveries.first?.request.body.redacted)
        let replay = await Replay.play(call)
        #expect(replay.result.failures == [])
        #expect(replay.result.deliveries.map(\.request) == call.deliveries.map(\.request))
        // The lookup took 0.4 s: the dial began in the next second.
        #expect(sent == "started=2026-11-28+09%3A49%3A50&ended=2026-11-28+09%3A49%3A59")
        #expect(replay.result.run?.startedAt == call.run.startedAt)
        #expect(replay.result.run?.path.map(\.at) == call.run.path.map(\.at))
        let text = replay.text().description
        #expect(
            text.hasSuffix(
                "the run went the way that it was recorded, and its requests are those that the store holds\n"
            )
        )
        #expect(text.contains("\n00:00:00  plivo    call from"))
    }

    @Test func `where a request differs from the stored one, the part is shown`() async throws {
        let played = try flow(timedReport)
        let call = try await recorded(played)
        let other = try flow(
            timedReport.replacing("?kind=a", with: "?kind=b").replacing("X-Kind: a", with: "X-Kind: b")
        )
        let moved = RecordedCall(
            played: other,
            run: call.run,
            deliveries: call.deliveries.map { delivery in
                var key = delivery.key
                key.version = other.flow.version
                return Delivery(
                    order: Order(key: key, request: delivery.request, attempts: nil),
                    createdAt: delivery.createdAt
                )
            }
        )
        let replay = await Replay.play(moved)
        let found = replay.result.failures.map { "\($0.field): \($0.expected) | \($0.found)" }
        #expect(
            found.contains(
                "requests.Report.url: http://127.0.0.1:5000/report?kind=a | http://127.0.0.1:5000/report?kind=b"
            )
        )
        #expect(
            found.contains {
                $0.hasPrefix("requests.Report.headers: ") && $0.contains("X-Kind: a") && $0.contains("X-Kind: b")
            }
        )
        #expect(!found.contains { $0.hasPrefix("requests.Report.body") })
        #expect(!replay.isSame)
        let told = Datum(json: Array(replay.json.utf8)) ?? .missing
        #expect(told["same"] == .boolean(false))
        guard case .list(let differences) = told["differences"] else {
            Issue.record("no differences: \(told)")
            return
        }
        #expect(differences.map { $0["field"].rendered } == replay.result.failures.map(\.field))
    }

    @Test func `a report that died on another ladder is played with the attempts that it had`() async throws {
        let played = try flow(forwardAndReport)
        let store = MemoryStore()
        var item = try onlyCase(
            "cases: [{name: x, steps: [{dial: busy}], requests: {Report: [500, refused, 503]}}]",
            of: played
        )
        item.parameters = Parameters([("CallUUID", "x"), ("From", "+14155551234"), ("To", "+14155550100")])
        _ = await Player(played, ladder: Ladder(steps: [1, 2])).play(item, store: store)
        let call = try await RecordedCall.find("x", in: store)
        let replay = await Replay.play(call)
        #expect(replay.result.failures == [])
        #expect(replay.result.deliveries.map(\.attempts) == call.deliveries.map(\.attempts))

        let text = CaseWriter(flow: "sample").text([call.writtenItem])
        #expect(text.contains("      Report: 503\n"), "\(text)")
        let again = await Player(played).play(try onlyCase(text, of: played))
        #expect(again.failures == [])
    }

    @Test(arguments: [[], [ScriptedAnswer(.status(500))]])
    func `a report that is still pending stays so`(_ answers: [ScriptedAnswer]) async throws {
        let played = try flow(forwardAndReport)
        let stage = try Stage(
            played,
            call: try #require(RunID(.call, "x")),
            parameters: Parameters([("CallUUID", "x"), ("From", "+14155551234"), ("To", "+14155550100")]),
            answerer: FixedAnswerer(answer: answers.first ?? ScriptedAnswer(.refused))
        )
        try await stage.open()
        _ = try await stage.begin()
        _ = try await stage.happen(Incident("dial", "busy"))
        if !answers.isEmpty { try await stage.settle() }
        let replay = await Replay.play(try await RecordedCall.find("x", in: stage.store))
        #expect(replay.result.failures == [])
        #expect(replay.result.outcome == "delivering")
        #expect(replay.result.deliveries.map(\.state) == [.pending])
    }

    @Test func `a stored request that is not made again is told`() async throws {
        let call = try await recorded(flow(timedReport))
        let key = EffectKey(run: call.run.id, flow: "sample", version: call.run.version, node: 3, visit: 7)
        let stray = Delivery(
            order: Order(key: key, request: try #require(call.deliveries.first).request, attempts: nil),
            createdAt: call.run.startedAt
        )
        let replay = await Replay.play(
            RecordedCall(played: call.played, run: call.run, deliveries: call.deliveries + [stray])
        )
        let found = replay.result.failures.map { "\($0.field): \($0.expected) | \($0.found)" }
        #expect(found == ["requests.Report: POST http://127.0.0.1:5000/report?kind=a | no such request"])
    }

    @Test("a scripted play is written as a case that holds")
    func script() async throws {
        let played = try flow(forwardAndReport)
        let console = PlayConsole(isSilent: true)
        let input = PlayInput(
            console: console,
            script: ["answered", "wait 3s", "completed", "500", "timeout", "200 {\"a\":1}"]
        )
        let item = try await TerminalCall(played, input: input, console: console).run()
        let text = CaseWriter(flow: "sample").text([item])
        let (file, _) = CaseFile.read(Array(text.utf8), file: "sample.test.yaml") { _ in played.flow }
        #expect(file.findings.map(\.message) == [], "\(text)")
        let wanted = try #require(file.cases.first)
        #expect(
            wanted.expected.path?.content.text
                == "Start -[incoming_call]-> Forward -[completed]-> Report -[success]-> end"
        )
        #expect(wanted.answers.first?.answers.count == 3)
        #expect(await Player(played).play(wanted).failures == [], "\(text)")
    }

    @Test(
        "a text is quoted where it would be something else",
        arguments: [
            ("busy", "busy"), ("+14155551234", "+14155551234"), ("", "''"), ("it's", "'it''s'"), ("a: b", "'a: b'"),
            ("- x", "'- x'"), ("{}", "'{}'"), ("a\nb", "\"a\\nb\""),
        ]
    )
    func quoting(_ text: String, _ written: String) throws {
        let played = try flow(forwardAndReport)
        let parameters = Parameters([("CallUUID", "x"), ("From", text), ("To", "y")])
        let item = CallCase(name: "x", parameters: parameters)
        #expect(CaseWriter(flow: "sample").text([item]).contains("from: \(written)"))
        let (file, _) = CaseFile.read(Array(CaseWriter(flow: "sample").text([item]).utf8), file: "sample.test.yaml") {
            _ in
            played.flow
        }
        #expect(file.cases.first?.parameters["From"] == text)
    }
}

/// Answers every request the same.
private struct FixedAnswerer: Answerer {
    let answer: ScriptedAnswer

    func answer(_ made: RequestMade) async -> ScriptedAnswer { answer }
}

/// Reports when a dial began and ended, behind a lookup that takes its time.
private let timedReport = """
    nodes:
      Start:
        type: start
        transitions: {incoming_call: Lookup}
      Lookup:
        type: http_request
        url: http://127.0.0.1:5000/agent
        transitions: Forward
      Forward:
        type: call_forward
        to: '<<Lookup.response.agent | default: "+12025550001">>'
        transitions: Report
      Report:
        type: http_request
        url: http://127.0.0.1:5000/report?kind=a
        headers: {X-Kind: a, X-Key: <<secrets.KEY>>}
        body: {started: <<Forward.start_time>>, ended: <<Forward.end_time>>}
        transitions: end
    """
