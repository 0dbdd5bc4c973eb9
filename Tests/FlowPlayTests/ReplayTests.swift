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
        let text = replay.testFile
        let (file, _) = CaseFile.read(Array(text.utf8), file: "recorded.test.yaml") { _ in played.flow }
        #expect(file.findings.map(\.message) == [], "\(text)")
        let again = await Player(played).play(try #require(file.cases.first))
        #expect(again.failures == [], "\(text)")
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
