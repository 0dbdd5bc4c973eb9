import FlowCore
import FlowDocument
import FlowPlay
import Testing

/// What a case that does not hold is told.
struct PlayerTests {
    private func failures(_ text: String, of source: String = forwardAndReport) async throws -> [String] {
        let played = try flow(source)
        let item = try onlyCase(text, of: played)
        return await Player(played).play(item).failures
            .map { "\($0.span.start) \($0.field): \($0.expected) | \($0.found)" }
    }

    @Test("an attribute that differs is shown with its place")
    func attribute() async throws {
        let found = try await failures(
            """
            cases:
              - name: x
                steps:
                  - expect: {dial: {to: +12025550000, timeout: 20}}
            """
        )
        #expect(
            found == ["4:29 dial.to: +12025550000 | +12025551234", "4:52 dial.timeout: 20 | 30"]
        )
    }

    @Test("a request that nobody expected is an error, and so is an answer that nobody asked for")
    func requests() async throws {
        #expect(
            try await failures("cases:\n  - name: x\n    steps: [{dial: busy}]\n").contains {
                $0.hasPrefix("2:11 requests.Report: no request | POST http://127.0.0.1:5000/report")
            }
        )
        #expect(
            try await failures(
                "cases:\n  - name: x\n    steps: [{dial: busy}]\n    requests: {Report: [200, 200]}\n"
            ) == ["4:16 requests.Report: 2 requests | 1 in all"]
        )
    }

    @Test("path, outcome, values and bodies are compared one by one")
    func end() async throws {
        let found = try await failures(
            """
            cases:
              - name: x
                steps: [{dial: busy}]
                requests: {Report: 200}
                expect:
                  path: Start -> Forward -[failed]-> Report
                  outcome: failed
                  values: {Forward.status: failed}
                  requests: [{node: Report, body: {status: failed, more: 1}}]
            """
        )
        #expect(
            found == [
                "6:13 path: Start -> Forward -[failed]-> Report | Start -[incoming_call]-> Forward -[busy]-> Report -[success]-> end",
                "7:16 outcome: failed | finished",
                "9:48 requests.Report.body.status: failed | busy",
                "9:62 requests.Report.body.more: 1 | nothing",
                "8:32 values.Forward.status: failed | busy",
            ]
        )
    }

    @Test("a dial's result without a dial is a mistake of the case")
    func noDial() async throws {
        let found = try await failures(
            "cases:\n  - name: x\n    steps: [{dial: busy}, {dial: busy}]\n    requests: {Report: 200}\n"
        )
        #expect(found.count == 1)
        #expect(
            found.first?.hasPrefix("3:27 steps: dial: busy | nothing is under way that \"dial\" could happen in")
                == true
        )
    }

    @Test("loops and silence are found without a test")
    func exhaustive() throws {
        let played = try flow(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Ask}}
              Ask:
                type: http_request
                url: http://127.0.0.1:5000/ask
                timeout: 11
                transitions: {success: Ring, failed: Ask}
              Ring:
                type: call_forward
                to: +12025551234
                transitions: {busy: Ring}
              Lost: {type: http_request, url: http://127.0.0.1:5000/lost, transitions: end}
            """
        )
        let result = ExhaustiveWalk(played.flow).run()
        #expect(result.coverage.missing.map(\.text) == ["Lost -[success]-> end", "Lost -[failed]-> end"])
        #expect(result.endless.contains { $0.reason.contains("steps for one webhook") })
        #expect(result.endless.contains { $0.reason.contains("more than 100 steps") })
        #expect(result.silent.contains { $0.reason.contains("11 s") })
    }

    @Test("the walk gives templates what they read, and names ways that cannot be taken")
    func plausible() throws {
        let played = try flow(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Ask}}
              Ask: {type: http_request, url: http://127.0.0.1:5000/ask, transitions: {success: Ring, failed: Tell}}
              Tell: {type: http_request, url: http://127.0.0.1:5000/tell, wait: 'false', transitions: Ring}
              Ring:
                type: call_forward
                to: '<<Ask.response.agents[1].number>>'
                transitions: {busy: Ask, completed: Done, no_answer: Done}
              Done: {type: http_request, url: http://127.0.0.1:5000/done, transitions: end}
            """
        )
        let result = ExhaustiveWalk(played.flow).run()
        #expect(result.coverage.missing.map(\.text) == ["Tell -[failed]-> Ring"])
        // One name stands for both outcomes.
        #expect(result.coverage.missing.map { $0.place.hasSuffix(":4:91") } == [true])
        #expect(result.silent.map(\.reason) == ["the call is ended, and nobody was rung"])
    }
}
