import FlowCore
import FlowPlay
import FlowStore
import Synchronization
import Testing

/// What happens while Plivo waits for an app server, and to runs that a case cannot write down.
struct StageTests {
    /// Answers 200, and does something before.
    private final class Meddler: Answerer {
        let meanwhile = Mutex<(@Sendable (RequestMade) async -> Void)?>(nil)
        let asked = Mutex<[String]>([])

        func answer(_ made: RequestMade) async -> ScriptedAnswer {
            asked.withLock { $0.append(made.node) }
            if let act = meanwhile.withLock({ $0 }) { await act(made) }
            return ScriptedAnswer(.status(200))
        }
    }

    private static let asking = """
        nodes:
          Start: {type: start, transitions: {incoming_call: Ask, incoming_message: Note}}
          Ask: {type: http_request, url: http://127.0.0.1:5000/ask, transitions: Ring}
          Ring: {type: call_forward, to: +12025551234, caller_name: '<<Ask.response.name | default: "Desk">>', transitions: Report}
          Report: {type: http_request, url: http://127.0.0.1:5000/report, transitions: end}
          Note: {type: http_request, url: http://127.0.0.1:5000/note, transitions: end}
        """

    private func stage(_ answerer: any Answerer, _ source: String = asking) throws -> Stage {
        let call = try #require(RunID(.call, "c0000000-0000-4000-8000-000000000001"))
        let parameters = Parameters([("CallUUID", call.text), ("From", "14155551234"), ("To", "14155550100")])
        return try Stage(try flow(source), call: call, parameters: parameters, answerer: answerer)
    }

    private func text(_ answer: [UInt8]) -> String { String(decoding: answer, as: UTF8.self) }

    @Test("a hangup while an app server is asked: the result counts, nobody is rung, the report is sent")
    func hangupWhileAsking() async throws {
        let meddler = Meddler()
        let stage = try stage(meddler)
        try await stage.open()
        meddler.meanwhile.withLock { act in
            act = { made in
                if made.node == "Ask" { _ = try? await stage.happen(Incident(Incident.hangup, "cancel")) }
            }
        }
        #expect(text(try await stage.begin()) == "<Response><Hangup/></Response>")
        try await stage.finish()
        let run = try #require(try await stage.run())
        #expect(
            PathText(run, in: stage.played.flow).text
                == "Start -[incoming_call]-> Ask -[success]-> Ring -[no_answer]-> Report -[success]-> end"
        )
        #expect(run.status == .finished)
        #expect(meddler.asked.withLock { $0 } == ["Ask", "Report"])
    }

    @Test("a copy that comes while the first waits for a request waits with it, and hears the same")
    func copyWhileAsking() async throws {
        let meddler = Meddler()
        let stage = try stage(meddler)
        try await stage.open()
        let copy = Mutex<Task<[UInt8], any Error>?>(nil)
        meddler.meanwhile.withLock { act in
            act = { _ in
                copy.withLock { $0 = Task { try await stage.begin() } }
                try? await Task.sleep(for: .milliseconds(60))
            }
        }
        let first = try await stage.begin()
        let second = try await #require(copy.withLock { $0 }).value
        #expect(text(first).contains("<Dial"))
        #expect(first == second)
        #expect(meddler.asked.withLock { $0 } == ["Ask"])
    }

    @Test("twenty dials are enough for one call: then on_error speaks")
    func tooManyDials() async throws {
        let source = """
            on_error: {speak: We are sorry.}
            nodes:
              Start: {type: start, transitions: {incoming_call: Ring}}
              Ring: {type: call_forward, to: +12025551234, transitions: {busy: Ring}}
            """
        let stage = try stage(Meddler(), source)
        try await stage.open()
        _ = try await stage.begin()
        for _ in 0..<19 { #expect(text(try await stage.happen(Incident("dial", "busy"))).contains("<Dial")) }
        let last = try await stage.happen(Incident("dial", "busy"))
        #expect(text(last) == "<Response><Speak>We are sorry.</Speak></Response>")
        let run = try #require(try await stage.run())
        #expect(run.call.isOver)
        #expect(run.values[1].contains(.text("flowd_dial_limit")))
        let (again, isSame) = try await stage.again()
        #expect(isSame, "\(text(again))")
    }

    @Test("requests of one webhook share twelve seconds, whatever each may take")
    func sharedSeconds() async throws {
        let source = """
            nodes:
              Start: {type: start, transitions: {incoming_call: A}}
              A: {type: http_request, url: http://127.0.0.1:5000/a, timeout: 9, transitions: B}
              B: {type: http_request, url: http://127.0.0.1:5000/b, timeout: 9, transitions: C}
              C: {type: http_request, url: http://127.0.0.1:5000/c, timeout: 9, transitions: Ring}
              Ring:
                type: call_forward
                to: +12025551234
                caller_name: '<<A.response.name>><<B.response.name>><<C.response.name>>'
                transitions: end
            """
        let played = try flow(source)
        let item = try onlyCase(
            """
            cases:
              - name: x
                steps: [{expect: {dial: {}}}, {wait: 1s}, {dial: busy}]
                requests: {A: timeout, B: timeout}
                expect: {path: 'Start -> A -[failed]-> B -[failed]-> C -[failed]-> Ring -[busy]-> end'}
            """,
            of: played
        )
        let result = await Player(played).play(item)
        #expect(result.failures == [])
        let answered = result.moments.first { if case .answer = $0.kind { true } else { false } }
        #expect(answered?.at == StageClock.opening + 12)
    }

    @Test("a report that is not waited for goes out while the call goes on")
    func notWaitedFor() async throws {
        let source = """
            nodes:
              Start: {type: start, transitions: {incoming_call: Tell}}
              Tell: {type: http_request, url: http://127.0.0.1:5000/tell, wait: 'false', transitions: Ring}
              Ring: {type: call_forward, to: +12025551234, transitions: end}
            """
        let played = try flow(source)
        let item = try onlyCase(
            """
            cases:
              - name: x
                steps: [{expect: {dial: {}}}, {dial: completed}, {expect: hangup}]
                requests: {Tell: [500, 200]}
                expect: {path: 'Start -> Tell -[success]-> Ring -[completed]-> end', outcome: finished}
            """,
            of: played
        )
        let player = Player(played)
        let result = await player.play(item)
        #expect(result.failures == [])
        #expect(await Adversary(player: player, baseline: result).failures() == [])
    }

    @Test("a message runs off the call path, and its webhook is answered with nothing")
    func message() async throws {
        let played = try flow(Self.asking)
        let item = try onlyCase(
            """
            cases:
              - name: x
                message: {text: hello}
                steps: [{expect: nothing}, again]
                requests: {Note: [500, 200]}
                expect: {path: 'Start -[incoming_message]-> Note -[success]-> end', outcome: finished}
            """,
            of: played
        )
        let player = Player(played)
        let result = await player.play(item)
        #expect(result.failures == [])
        #expect(await Adversary(player: player, baseline: result).failures() == [])
    }

    @Test("an answer that comes after its hangup ends the call, without a run")
    func hangupFirst() async throws {
        let stage = try stage(Meddler())
        try await stage.open()
        #expect(text(try await stage.happen(Incident(Incident.hangup, "cancel"))) == "<Response/>")
        #expect(text(try await stage.begin()) == "<Response><Hangup/></Response>")
        #expect(try await stage.run() == nil)
    }

    @Test("a dial's action that comes after it was settled changes nothing")
    func lateAction() async throws {
        let played = try flow(forwardAndReport)
        let item = try onlyCase(
            """
            cases:
              - name: x
                steps: [{hangup: completed}, {wait: 4s}, {dial: completed}, {expect: hangup}, again, {hangup: busy}]
                requests: {Report: 200}
                expect:
                  path: Start -> Forward -[no_answer]-> Report -> end
                  requests: [{node: Report, body: {status: no_answer}, attempts: 1}]
            """,
            of: played
        )
        let billed = try onlyCase(
            """
            cases:
              - name: x
                steps: [{hangup: {CallStatus: completed, HangupCause: NORMAL_CLEARING, BillDuration: 0}}, {wait: 4s}, {dial: completed}]
                requests: {Report: 200}
                expect: {path: 'Start -> Forward -[no_answer]-> Report -> end'}
            """,
            of: played
        )
        #expect(await Player(played).play(billed).failures == [])
        // Billed seconds say that somebody answered.
        let failures = await Player(played).play(item).failures
        #expect(failures.map(\.field) == ["path", "requests.Report.body.status"])
    }

    @Test("secrets are named, never shown; attempts end where the flow says so")
    func secrets() async throws {
        let source = """
            nodes:
              Start: {type: start, transitions: {incoming_call: Report}}
              Report:
                type: http_request
                url: http://127.0.0.1:5000/report/<<secrets.ID>>
                auth: {bearer: <<secrets.TOKEN>>}
                body: {key: <<secrets.KEY>>}
                retry: {attempts: 2}
                transitions: end
            """
        let played = try flow(source)
        let item = try onlyCase(
            """
            cases:
              - name: x
                steps: [{expect: hangup}]
                requests: {Report: [500, 500]}
                expect: {path: 'Start -> Report -[failed]-> end'}
            """,
            of: played
        )
        let result = await Player(played).play(item)
        #expect(result.failures == [])
        let transcript = Transcript(played.flow).text(result)
        #expect(transcript.contains("http://127.0.0.1:5000/report/<secret ID>"))
        #expect(transcript.contains("Authorization: Bearer <secret TOKEN>"))
        #expect(transcript.contains("<secret KEY>"), "\(transcript)")
        #expect(ExhaustiveWalk(played.flow).run().silent.count == 1)
    }
}
