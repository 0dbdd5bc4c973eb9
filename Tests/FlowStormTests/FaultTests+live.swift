import Foundation
import NIOHTTP1
import Testing

extension FaultTests {
    @Test("flowd run --live asks the app server, rings whom it names, and sends the report, signed and as serve would")
    func live() async throws {
        try await AppServer.run({ .say(#"{"agent": "+12025559876"}"#) }) { app in
            try await Site.with(app) { site in
                let flow = try site.live(app.origin)
                for _ in 1...2 {
                    let play = try await site.play(flow, "busy", "--live", "--from", "+14155551234")
                    #expect(play.code == 0)
                    #expect(play.printed.contains("ringing: +12025559876"))
                    #expect(play.printed.contains("Lookup -[success]-> Forward -[busy]-> Report -[success]-> end"))
                }
                let kept = app.received
                let uris = ["/agents?caller=%2B14155551234", "/report?n=1"]
                #expect(kept.map(\.head.uri) == uris + uris)
                #expect(kept.map(\.head.method) == [.GET, .POST, .GET, .POST])
                #expect(kept[1].body == #"{"status":"busy","rung":"+12025559876"}"#)
                for received in kept {
                    let headers = received.head.headers
                    #expect(headers["Authorization"] == ["Bearer the-token"])
                    #expect(headers["webhook-signature"].first?.hasPrefix("v1,") == true)
                    #expect(headers["User-Agent"].first?.hasPrefix("flowd/") == true)
                }
                #expect(kept[1].head.headers["Content-Type"] == ["application/json"])
                // A second play is no repeat of the first.
                #expect(Set(kept.map(\.webhookID)).count == 4)
            }
        }
    }

    @Test(
        "flowd run --live takes a refusal for what it is, and asks once",
        arguments: [(AppServer.Behavior.answer(503), "503"), (.drop, "connection closed before the answer")]
    )
    func liveRefusal(behavior: AppServer.Behavior, words: String) async throws {
        try await AppServer.run({ behavior }) { app in
            try await Site.with(app) { site in
                let play = try await site.play(try site.live(app.origin), "", "--live")
                #expect(play.code == 0)
                #expect(play.printed.contains("Lookup -[failed]-> Report -[failed]-> end"))
                #expect(play.printed.contains(words))
                #expect(app.received.map(\.path) == ["/agents", "/report"])
            }
        }
    }

    @Test("flowd run --live says that nobody listens")
    func liveNobody() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                let play = try await site.play(try site.live("http://127.0.0.1:\(freePort())"), "", "--live")
                #expect(play.code == 0)
                #expect(play.printed.contains("connection refused"))
                #expect(play.printed.contains("Lookup -[failed]-> Report -[failed]-> end"))
            }
        }
    }

    @Test("flowd run --live calls no address that the egress policy forbids")
    func liveEgress() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                let metadata = try await site.play(try site.live("http://169.254.169.254"), "", "--live")
                #expect(metadata.printed.contains("169.254.169.254 is a link-local address and never called"))
                let flow = try site.live(app.origin)
                let loopback = try await site.play(flow, "", "--live", environment: ["FLOWD_EGRESS": "public"])
                #expect(loopback.printed.contains("only public addresses are called"))
                let mistake = try await site.play(flow, "", "--live", environment: ["FLOWD_EGRESS": "pubic"])
                #expect(mistake.code == 2)
                #expect(app.received.isEmpty)
            }
        }
    }

    @Test("flowd run without --live sends nothing")
    func notLive() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                let script = "200 {\"agent\": \"+12025551111\"}\ncompleted\n200"
                let play = try await site.play(try site.live(app.origin), script)
                #expect(play.code == 0)
                #expect(play.printed.contains("Lookup -[success]-> Forward -[completed]-> Report -[success]-> end"))
                #expect(app.received.isEmpty)
            }
        }
    }
}

extension Site {
    /// A flow that asks an app server whom to ring, and reports how that ended.
    fileprivate func live(_ origin: String) throws -> String {
        let text = """
            nodes:
              Start:
                type: start
                transitions: {incoming_call: Lookup}
              Lookup:
                type: http_request
                method: GET
                url: \(origin)/agents
                params: {caller: <<Start.call.from>>}
                auth: {bearer: <<secrets.TOKEN>>}
                transitions: {success: Forward, failed: Report}
              Forward:
                type: call_forward
                to: <<Lookup.response.agent>>
                transitions: Report
              Report:
                type: http_request
                url: \(origin)/report
                params: {n: 1}
                format: json
                body:
                  status: <<Forward.DialStatus>>
                  rung: <<Forward.to>>
                auth: {bearer: <<secrets.TOKEN>>}
                transitions: end
            """
        let path = folder + "/live.yaml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Plays a call by a script.
    fileprivate func play(
        _ flow: String,
        _ script: String,
        _ flags: String...,
        environment: [String: String] = [:]
    ) async throws -> (code: Int32, printed: String) {
        let (lines, output) = (folder + "/script", folder + "/play-" + UUID().uuidString)
        try script.write(toFile: lines, atomically: true, encoding: .utf8)
        let usual = [
            "FLOWD_SECRET_TOKEN": "the-token", "FLOWD_WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ]
        let child = try ChildProcess(
            [Self.binary(), "run", flow, "--script", lines] + flags,
            environment: usual.merging(environment) { $1 },
            output: output
        )
        let code = try await child.end()
        return (code, try String(contentsOfFile: output, encoding: .utf8))
    }
}
