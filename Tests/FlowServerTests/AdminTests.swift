import FlowCore
import FlowHost
import FlowServer
import FlowStore
import FlowTesting
import Foundation
import Testing

/// The admin port.
@Suite struct AdminTests {
    static func get(_ target: String, _ flowd: Fixture, headers: [String] = []) async throws -> Wire.Exchange {
        try await Wire.send(Wire.request("GET", target, headers: headers), port: flowd.admin)
    }

    /// A call whose dial was busy: one run, one delivery.
    static func play(_ flowd: Fixture) async throws {
        let answer = try await Wire.send(
            Wire.request("POST", "/flows/dial-status", body: Fixture.form(Fixture.callPairs)),
            port: flowd.webhooks
        )
        let action = try #require(answer.body.split(separator: "action=\"").dropFirst().first?.prefix { $0 != "#" })
        let result = Fixture.form([("CallUUID", Fixture.call), ("DialStatus", "busy")])
        let target = String(action.dropFirst(Fixture.publicURL.count))
        let second = try await Wire.send(Wire.request("POST", target, body: result), port: flowd.webhooks)
        #expect(second.statuses == [200])
        try await eventually("it is reported") {
            try await flowd.store.deliveries(.init()).allSatisfy { !$0.attempts.isEmpty }
        }
    }

    @Test func `a run shows its way, its notes and its deliveries`() async throws {
        try await Fixture.run { flowd, _ in
            try await Self.play(flowd)
            let version = try #require(flowd.application.host.flows.flows.first).version
            let delivery = try #require(try await flowd.store.deliveries(.init()).first).id
            let at = "2026-04-08T11:34:33.238Z"
            let exchange = try await Self.get("/runs/\(Fixture.call)", flowd)
            #expect(exchange.statuses == [200])
            #expect(exchange.text.lowercased().contains("content-type: application/json"))
            let expected = """
                {"deliveries":[{"attempts":[{"at":"\(at)","error":"","status_code":200}],"id":"\(delivery)",\
                "node":"Report","state":"delivered"}],"ended_at":"\(at)","flow":"dial-status","from":"+14155550123",\
                "id":"\(Fixture.call)","legs":[],"notes":[],"path":[{"at":"\(at)","node":"Start","outcome":"incoming_call"},\
                {"at":"\(at)","node":"Forward","outcome":"busy"},{"at":"\(at)","node":"Report","outcome":"success"}],\
                "related":[],"started_at":"\(at)","status":"finished","to":"+14155550100","version":"\(version)"}

                """
            #expect(exchange.body == expected)
            let list = try await Self.get("/runs?flow=dial-status&status=finished&limit=5", flowd)
            let summary = """
                [{"ended_at":"\(at)","flow":"dial-status","from":"+14155550123","id":"\(Fixture.call)",\
                "started_at":"\(at)","status":"finished","to":"+14155550100","version":"\(version)"}]

                """
            #expect(list.body == summary)
            #expect(try await Self.get("/runs?status=running", flowd).body == "[]\n")
            #expect(try await Self.get("/runs?flow=other", flowd).body == "[]\n")
        }
    }

    @Test func `a run and its side run show each other, each under its id`() async throws {
        let flow = Fixture.dialStatus.replacing("screening:", with: "events: {answered: Report}\n    screening:")
        try await Fixture.run(flows: ["dial-status.yaml": flow]) { flowd, _ in
            let answer = try await Wire.send(
                Wire.request("POST", "/flows/dial-status", body: Fixture.form(Fixture.callPairs)),
                port: flowd.webhooks
            )
            let url = try #require(
                answer.body.split(separator: "callbackUrl=\"").dropFirst().first?.prefix { $0 != "#" }
            )
            let leg = Fixture.form([("CallUUID", Fixture.call), ("DialAction", "answer"), ("DialBLegUUID", "b-1")])
            let target = String(url.dropFirst(Fixture.publicURL.count))
            for _ in 0..<2 {
                let told = try await Wire.send(Wire.request("POST", target, body: leg), port: flowd.webhooks)
                #expect(told.body == "<Response/>")
            }
            try await eventually("it is reported") {
                try await flowd.store.backlog().delivered == 1
            }
            let call = try #require(RunID(.call, Fixture.call))
            let id = try #require(try await flowd.store.record(of: call)?.runs.last?.sideRuns.first).text
            let main = try await Self.get("/runs/\(Fixture.call)", flowd).body
            #expect(main.contains("\"deliveries\":[]"))
            #expect(main.components(separatedBy: "\"related\":[").last?.contains("\"id\":\"\(id)\"") == true)
            #expect(!main.contains("began_by"))
            let side = try await Self.get("/runs/\(id)", flowd).body
            #expect(
                side.contains("\"began_by\":{\"event\":\"answered\",\"node\":\"Forward\",\"run\":\"\(Fixture.call)\"}")
            )
            #expect(side.contains("\"id\":\"\(id)\"") && side.contains("\"status\":\"finished\""))
            #expect(side.components(separatedBy: "\"related\":[").last?.contains(Fixture.call) == true)
            #expect(side.contains("\"path\":[{\"at\":\"2026-04-08T11:34:33.238Z\",\"node\":\"Report\""))
            let list = try await Self.get("/runs", flowd).body
            #expect(list.contains(id) && list.contains("\"id\":\"\(Fixture.call)\""))
            let metrics = try await Self.get("/metrics", flowd).body
            #expect(metrics.contains("flowd_side_runs_total 1\n"))
            #expect(metrics.contains("flowd_answers_total{kind=\"event\",status=\"200\"} 2\n"))
        }
    }

    @Test func `a node that is under way has no outcome yet`() async throws {
        try await Fixture.run { flowd, _ in
            _ = try await Wire.send(
                Wire.request("POST", "/flows/dial-status", body: Fixture.form(Fixture.callPairs)),
                port: flowd.webhooks
            )
            let body = try await Self.get("/runs/\(Fixture.call)", flowd).body
            #expect(body.contains("\"node\":\"Forward\",\"outcome\":null"))
            #expect(body.contains("\"ended_at\":null"))
            #expect(body.contains("\"status\":\"running\""))
        }
    }

    @Test func `live flows are listed`() async throws {
        try await Fixture.run { flowd, folder in
            let flow = try #require(flowd.application.host.flows.flows.first)
            let expected = """
                [{"file":"\(folder.path)/dial-status.yaml","name":"dial-status","nodes":["Start","Forward","Report"],\
                "numbers":["+14155550100"],"version":"\(flow.version)"}]

                """
            #expect(try await Self.get("/flows", flowd).body == expected)
        }
    }

    @Test func `a dead delivery is listed and can be sent again`() async throws {
        try await Fixture.run(courier: TestCourier(status: 410)) { flowd, _ in
            try await Self.play(flowd)
            let id = try #require(try await flowd.store.deliveries(.init(state: .dead)).first).id
            let list = try await Self.get("/deliveries?state=dead", flowd)
            #expect(list.body.contains("\"id\":\"\(id)\""))
            #expect(list.body.contains("\"origin\":\"https://example.com\""))
            #expect(!list.body.contains("action"))
            #expect(try await Self.get("/deliveries?state=pending", flowd).body == "[]\n")
            let retry = try await Wire.send(Wire.request("POST", "/deliveries/\(id)/retry"), port: flowd.admin)
            #expect(retry.statuses == [200])
            #expect(retry.body.contains("\"state\":\"pending\""))
            #expect(try await Self.get("/deliveries/\(id)/retry", flowd).statuses == [405])
            let page = Wire.request("POST", "/deliveries/\(id)/retry", headers: ["Origin: http://evil.example"])
            #expect(try await Wire.send(page, port: flowd.admin).statuses == [403])
            let unknown = try await Wire.send(Wire.request("POST", "/deliveries/msg_x/retry"), port: flowd.admin)
            #expect(unknown.statuses == [404])
        }
    }

    @Test(arguments: [
        "/runs?limit=0", "/runs?limit=1001", "/runs?limit=-1", "/runs?limit=ten", "/runs?status=up", "/runs?stat=up",
        "/runs?limit=1&limit=2", "/runs?flow=%zz", "/deliveries?state=lost", "/deliveries?limit=1e3",
    ])
    func `a bad query is refused with one line`(target: String) async throws {
        try await Fixture.run { flowd, _ in
            let exchange = try await Self.get(target, flowd)
            #expect(exchange.statuses == [400])
            #expect(exchange.body.count { $0 == "\n" } == 1 && exchange.body.hasSuffix("\n"))
        }
    }

    @Test(arguments: ["/", "/runs/none", "/runs/", "/runs/%zz", "/flows/dial-status", "/runs/a/b", "/metrics/"])
    func `what is not there is not found`(target: String) async throws {
        try await Fixture.run { flowd, _ in
            let exchange = try await Self.get(target, flowd)
            #expect(exchange.statuses == [404])
        }
    }

    @Test func `a token is wanted for everything but health`() async throws {
        try await Fixture.run { configuration in
            configuration.adminToken = "s3cret"
        } _: { flowd, _ in
            let health = try await Self.get("/healthz", flowd)
            #expect(health.statuses == [200])
            for path in ["/readyz", "/metrics", "/flows", "/runs", "/deliveries", "/nothing"] {
                #expect(try await Self.get(path, flowd).statuses == [401])
            }
            for wrong in ["Bearer s3cre", "Bearer s3cret2", "Basic s3cret", "s3cret", "Bearer "] {
                #expect(try await Self.get("/flows", flowd, headers: ["Authorization: \(wrong)"]).statuses == [401])
            }
            #expect(try await Self.get("/flows", flowd, headers: ["Authorization: bearer s3cret"]).statuses == [200])
        }
    }

    @Test func `metrics tell of answers, deliveries and what is overdue`() async throws {
        try await Fixture.run { flowd, _ in
            try await Self.play(flowd)
            _ = try await Wire.send(
                Wire.request("POST", "/flows/dial-status", body: Fixture.form(Fixture.callPairs)),
                port: flowd.webhooks
            )
            var text = ""
            try await eventually("the attempt is counted") {
                text = try await Self.get("/metrics", flowd).body
                return text.contains("flowd_delivery_attempts_total{result=\"delivered\"} 1")
            }
            for line in [
                "flowd_build_info{version=\"1.2.3\"} 1", "flowd_flows 1",
                "flowd_answers_total{kind=\"call\",status=\"200\"} 2",
                "flowd_answers_total{kind=\"result\",status=\"200\"} 1",
                "flowd_answer_duration_seconds_bucket{kind=\"call\",le=\"+Inf\"} 2",
                "flowd_answer_duration_seconds_count{kind=\"call\"} 2", "flowd_duplicates_total 1",
                "flowd_store_failures_total 0", "flowd_parked_calls_total 0", "flowd_side_runs_total 0",
                "flowd_side_run_limits_total 0",
                "flowd_delivery_attempts_total{result=\"delivered\"} 1",
                "flowd_delivery_duration_seconds_count 1", "flowd_deliveries{state=\"pending\"} 0",
                "flowd_deliveries{state=\"dead\"} 0", "flowd_oldest_overdue_delivery_seconds 0",
                "flowd_oldest_undelivered_seconds 0", "flowd_store_up 1",
            ] {
                #expect(text.contains(line + "\n"), "\(line)")
            }
            #expect(!text.contains("4155550"))
        }
    }

    @Test func `metrics tell of everything that was refused`() async throws {
        try await Fixture.run { flowd, _ in
            let stranger = Fixture.form([("CallUUID", "c-1"), ("From", "14155551234"), ("To", "14155559999")])
            for text in [
                Wire.request("POST", "/incoming", body: stranger), Wire.request("PUT", "/incoming"),
                Wire.request("GET", "/flows/nope?CallUUID=c-2"), Wire.request("GET", "/nothing"),
                Wire.request("GET", "/flows/dial-status"), "GET /healthz HTTP/1.1\r\n\r\n", "garbage\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 9_000))\r\n\r\n",
                "POST /incoming HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n",
            ] { _ = try await Wire.send(text, port: flowd.webhooks) }
            let text = try await Self.get("/metrics", flowd).body
            let refused = text.split(separator: "\n").filter { $0.hasPrefix("flowd_refused_total") }
            #expect(
                Set(refused) == [
                    "flowd_refused_total{reason=\"malformed\"} 2", "flowd_refused_total{reason=\"host\"} 1",
                    "flowd_refused_total{reason=\"too_large\"} 1", "flowd_refused_total{reason=\"method\"} 1",
                    "flowd_refused_total{reason=\"signature\"} 0", "flowd_refused_total{reason=\"unknown_address\"} 1",
                    "flowd_refused_total{reason=\"unknown_flow\"} 1", "flowd_refused_total{reason=\"not_a_webhook\"} 1",
                    "flowd_refused_total{reason=\"unknown_number\"} 1", "flowd_refused_total{reason=\"no_outcome\"} 0",
                    "flowd_refused_total{reason=\"unknown_run\"} 0",
                ]
            )
        }
    }

    @Test func `metrics tell how old the oldest report is, also while it waits for its next attempt`() async throws {
        try await Fixture.run { flowd, _ in
            let (call, created) = (try StoreSample.call(1), Fixture.start + -90)
            let key = EffectKey(run: call, flow: "dial-status", version: VersionID(digest: []), node: 2, visit: 0)
            let order = Order(key: key, request: StoreSample.request(), attempts: nil)
            var delivery = Delivery(order: order, createdAt: created)
            delivery.dueAt = Fixture.start + 3_600
            let change = RecordChange(
                record: RunRecord(call: call, createdAt: created),
                deliveries: [delivery],
                worker: nil
            )
            _ = try await flowd.store.turn(call, durability: .synced) { _ in (change, ()) }
            let text = try await Self.get("/metrics", flowd).body
            #expect(text.contains("flowd_oldest_undelivered_seconds 90\n"))
            #expect(text.contains("flowd_oldest_overdue_delivery_seconds 0\n"))
        }
    }

    @Test func `readiness includes the store`() async throws {
        try await Fixture.run { flowd, _ in
            let before = try await Self.get("/readyz", flowd)
            #expect(before.statuses == [200])
            try await flowd.store.close()
            #expect(try await Self.get("/readyz", flowd).statuses == [503])
            #expect(try await Self.get("/healthz", flowd).statuses == [200])
            #expect(try await Self.get("/runs", flowd).statuses == [503])
            #expect(try await Self.get("/metrics", flowd).body.contains("flowd_store_up 0\n"))
        }
    }
}
