import FlowCore
import FlowDocument
import FlowPlay
import FlowStore
import Testing

/// Side runs in cases, walks, terminals and replays.
struct SideRunPlayTests {
    private static let text = """
        nodes:
          Start: {type: start, transitions: {incoming_call: Forward}}
          Forward:
            type: call_forward
            to: +12025551234
            record: true
            events: {answered: Heard, recording: Heard}
            transitions: end
          Heard:
            type: http_request
            url: http://127.0.0.1:5000/heard
            body: {id: '<<Forward.event.RecordingID | default: "">>', leg: '<<Forward.event.DialBLegUUID | default: "">>'}
            transitions: end
        """

    private func failures(_ expect: String) async throws -> [String] {
        let played = try flow(Self.text)
        let item = try onlyCase(
            """
            cases:
              - name: x
                steps: [dial: completed, recording: ready]
                requests: {Heard: 200}
                expect:
            \(expect)
            """,
            of: played
        )
        return await Player(played).play(item).failures.map { "\($0.field): \($0.expected) | \($0.found)" }
    }

    @Test(
        arguments: [
            ("side_runs: [{event: Forward.recording, path: Heard -> end, outcome: finished}]", []),
            ("side_runs: [{event: Forward.recording}]", []), ("outcome: finished", []),
            ("side_runs: []", ["side_runs: none | Forward.recording"]),
            ("side_runs: [{event: Forward.answered}]", ["side_runs: Forward.answered | Forward.recording"]),
            (
                "side_runs: [{event: Forward.recording, path: 'Heard -[failed]-> end', outcome: failed}]",
                [
                    "side_runs.Forward.recording.path: Heard -[failed]-> end | Heard -[success]-> end",
                    "side_runs.Forward.recording.outcome: failed | finished",
                ]
            ),
        ] as [(String, [String])]
    )
    func `a case says which side runs began, and how each went`(_ expect: String, _ wanted: [String]) async throws {
        #expect(try await failures("      " + expect) == wanted)
    }

    @Test(
        arguments: [
            ("[{event: Forward.recordng}]", "unknown event \"Forward.recordng\" in a side run of \"expect\""),
            ("[{event: Forward.ended}]", "unknown event \"Forward.ended\" in a side run of \"expect\""),
            ("[{path: Heard -> end}]", "\"event\" is missing in a side run of \"expect\""),
            ("[{event: Forward.recording, path: Nowhere}]", "unknown node \"Nowhere\" in flow \"sample\""),
            ("[{event: Forward.recording, outcome: done}]", "unknown outcome \"done\" in a side run of \"expect\""),
            ("Heard", "expected a list in \"side_runs\", found \"Heard\""),
        ] as [(String, String)]
    )
    func `a mistake in a case's side runs is a finding`(_ sides: String, _ message: String) throws {
        let played = try flow(Self.text)
        let text = "cases:\n  - name: x\n    expect:\n      side_runs: \(sides)\n"
        let (file, _) = CaseFile.read(Array(text.utf8), file: "sample.test.yaml") { _ in played.flow }
        #expect(file.findings.map { String($0.message.prefix(message.count)) } == [message])
    }

    @Test func `a report of an element that Plivo was never told cannot be played`() async throws {
        let played = try flow(Self.text.replacing("record: true", with: "record: false"))
        let item = try onlyCase("cases: [{name: x, steps: [dial: completed, recording: ready]}]", of: played)
        let failures = await Player(played).play(item).failures
        #expect(failures.map(\.field) == ["steps"])
        #expect(failures.first?.found.hasPrefix("nothing is under way that \"recording\" could happen in") == true)
    }

    @Test func `a walk begins a side run by each event that can be played, and goes its ways`() throws {
        let walked = ExhaustiveWalk(try flow(Self.text).flow).run()
        #expect(walked.isClean, "\(walked.text())")
        #expect(walked.coverage.edges == Coverage.Tally(taken: 9, total: 9))
        // Nothing that is played tells of it.
        let silent = try flow(Self.text.replacing("record: true", with: "record: false"))
        #expect(ExhaustiveWalk(silent.flow).run().isClean)
    }

    @Test func `edges that no case took name events too`() async throws {
        let played = try flow(Self.text)
        var coverage = Coverage(played.flow)
        let item = try onlyCase(
            "cases: [{name: x, steps: [dial: completed, recording: ready], requests: {Heard: 200}}]",
            of: played
        )
        let result = await Player(played).play(item)
        for run in [result.run].compactMap(\.self) + result.sideRuns { coverage.add(run) }
        #expect(coverage.missing.map(\.text).last == "Forward -[event answered]-> Heard")
        #expect(coverage.missing.map(\.place).last == "sample.yaml:7:14")
        #expect(coverage.edges.taken == 4)
    }

    @Test func `a play at the terminal goes on with what Plivo may still report, and is written as a case`()
        async throws
    {
        let played = try flow(Self.text)
        let console = PlayConsole(isSilent: true)
        let script = [
            "answered", "200", "completed", "hangup", "wait 60s", "recording: ready", "timeout", "wait 9s", "200",
        ]
        let input = PlayInput(console: console, script: script)
        let item = try await TerminalCall(played, input: input, console: console).run()
        let text = CaseWriter(flow: "sample").text([item])
        #expect(
            text.contains(
                """
                      side_runs:
                        - {event: Forward.answered, path: 'Heard -[success]-> end', outcome: finished}
                        - {event: Forward.recording, path: 'Heard -[success]-> end', outcome: finished}
                """
            )
        )
        let wanted = try onlyCase(text, of: played)
        #expect(await Player(played).play(wanted).failures == [], "\(text)")
    }

    @Test func `a replay brings each event with all that Plivo said, so that its side run has the same id`()
        async throws
    {
        let played = try flow(Self.text)
        let store = MemoryStore()
        let item = try onlyCase(
            """
            cases:
              - name: x
                call: {uuid: c1}
                steps:
                  - leg: {DialAction: answer, DialBLegUUID: b1, DialBLegTo: '12025551234', Extra: as it came}
                  - wait: 3s
                  - dial: completed
                  - wait: 90s
                  - recording: {RecordUrl: 'https://a.example/1', RecordingID: r1, RecordingDuration: '7', More: x}
                requests: {Heard: 200}
            """,
            of: played
        )
        let result = await Player(played).play(item, store: store)
        #expect(result.failures == [] && result.sideRuns.count == 2)
        let call = try await RecordedCall.find("c1", in: store)
        let replay = await Replay.play(call)
        #expect(replay.isSame, "\(replay.text())")
        #expect(replay.result.sideRuns.map(\.id) == result.sideRuns.map(\.id))
        #expect(replay.result.sideRuns.map(\.origins) == result.sideRuns.map(\.origins))
        await #expect(throws: StageMistake.self) {
            try await RecordedCall.find(result.sideRuns[0].id.text, in: store)
        }
    }
}
