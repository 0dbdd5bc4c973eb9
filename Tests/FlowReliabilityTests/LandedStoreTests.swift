import FlowCore
import FlowDelivery
import FlowHost
import FlowStore
import FlowStoreSQLite
import FlowTesting
import FlowWeb
import Foundation
import Logging
import Plivo
import Testing

/// A store that flowd 0.1.0 wrote opens, and its calls end: by the URLs that it gave out, under the ids that it sent.
@Suite
final class LandedStoreTests {
    private let folder: String
    private let landed: Landed
    private let clock = VirtualClock()

    /// What flowd 0.1.0 answered and stored, as it was seen then.
    private struct Landed: Decodable {
        struct Conversation: Decodable {
            var call: String
            var action: String?
            var firstAction: String?
            var events: String?
            var answer: String?
        }

        struct Report: Decodable {
            var run: String
            var state: String
            var attempts: Int
        }

        struct Message: Decodable {
            var message: String
        }

        var ringing: Conversation
        var answered: Conversation
        var delivered: Conversation
        var pending: Conversation
        var hungUp: Conversation
        var dead: Message
        var deliveries: [String: Report]
    }

    init() throws {
        folder = NSTemporaryDirectory() + "flowd-landed-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "LandedStore")
        try FileManager.default.copyItem(
            at: fixture.appending(path: "flowd-0.1.0.sqlite"),
            to: URL(filePath: folder).appending(path: "flowd.db")
        )
        landed = try JSONDecoder().decode(
            Landed.self,
            from: Data(contentsOf: fixture.appending(path: "flowd-0.1.0.json"))
        )
        // All of it was written in a few seconds of 2026-11-28.
        clock.move(Int(1_795_000_000 - clock.now().milliseconds / 1_000))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func withHost(_ body: (FlowHost.Host, SQLiteStore) async throws -> Void) async throws {
        let store = try await SQLiteStore(path: folder + "/flowd.db", patience: .seconds(60))
        let addresses = WebhookAddresses(
            publicURL: try PublicURL("http://127.0.0.1:8080"),
            key: try await store.sharedKey()
        )
        let answers = AnswerXML(addresses: addresses)
        let host = FlowHost.Host(
            flows: FlowSet(),
            store: store,
            courier: ScriptedCourier(),
            inbox: DeliveryInbox(),
            worker: WorkerID(1),
            render: { try? answers.bytes($0) },
            now: { [clock] in clock.now() },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let version = try #require(try await store.deliveries(DeliveryQuery(limit: 1)).first).key.version
        let flow = try #require(try await host.flow(version))
        host.replace(FlowSet.make([flow]).set)
        try await body(host, store)
        try await store.close()
    }

    private func post(_ host: FlowHost.Host, _ path: String?, _ pairs: [(String, String)]) async throws -> String {
        let path = try #require(path)
        let address = try #require(WebhookPath(path))
        switch await host.answer(try Arrival(at: address, Parameters(pairs))) {
        case .answer(let bytes): return String(decoding: bytes, as: UTF8.self)
        case let other: return "\(other)"
        }
    }

    private func run(_ id: String, _ store: SQLiteStore) async throws -> Run {
        let call = try #require(RunID(.call, id))
        return try #require(try await store.record(of: call)?.runs.last)
    }

    private func body(_ id: String, _ store: SQLiteStore) async throws -> String? {
        let call = try #require(RunID(.call, id))
        return try await store.deliveries(of: call).first?.request.body.redacted
    }

    @Test func `every webhook that was answered is answered with the same bytes again`() async throws {
        try await withHost { host, _ in
            var answer = try await post(host, "/flows/desk", [("CallUUID", landed.ringing.call)])
            #expect(answer == landed.ringing.answer)
            let first = [("CallUUID", landed.answered.call), ("DialStatus", "busy")]
            answer = try await post(host, landed.answered.firstAction, first)
            #expect(answer == landed.answered.answer)
            let done = [("CallUUID", landed.delivered.call), ("DialStatus", "failed")]
            answer = try await post(host, landed.delivered.action, done)
            #expect(answer == landed.delivered.answer)
            answer = try await post(host, "/flows/desk", [("CallUUID", landed.hungUp.call), ("From", "14155550006")])
            #expect(answer == "<Response><Hangup/></Response>")
        }
    }

    @Test func `a call whose first target rings goes on by its URLs`() async throws {
        try await withHost { host, store in
            let call = landed.ringing.call
            let leg = [
                ("CallUUID", call), ("DialAction", "answer"), ("DialBLegUUID", "b-leg-1"),
                ("DialBLegTo", "12025550001"),
            ]
            var answer = try await post(host, landed.ringing.events, leg)
            #expect(answer == "<Response/>")
            let result = [("CallUUID", call), ("DialStatus", "completed"), ("DialBLegUUID", "b-leg-1")]
            answer = try await post(host, landed.ringing.action, result)
            #expect(answer == "<Response><Hangup/></Response>")
            let report = try await body(call, store)
            #expect(report == "caller=%2B14155550001&status=completed&to=%2B12025550001&leg=b-leg-1&agent=7")
        }
    }

    @Test func `a call whose second target has answered is settled by its hangup`() async throws {
        try await withHost { host, store in
            let call = landed.answered.call
            let hangup = [
                ("CallUUID", call), ("Event", "Hangup"), ("CallStatus", "completed"),
                ("HangupCause", "NORMAL_CLEARING"),
            ]
            let answer = try await post(host, "/flows/desk", hangup)
            #expect(answer == "<Response/>")
            clock.move(3)
            try await host.wakeDue()
            let report = try await body(call, store)
            #expect(report == "caller=%2B14155550002&status=completed&to=%2B12025550002&leg=b-leg-2&agent=7")
        }
    }

    @Test func `reports keep their ids, their attempts and their states`() async throws {
        try await withHost { _, store in
            let found = try await store.deliveries(DeliveryQuery(limit: 100))
            #expect(found.count == landed.deliveries.count)
            for delivery in found {
                let before = try #require(landed.deliveries[delivery.id.text])
                #expect(delivery.id == DeliveryID(delivery.key))
                #expect("\(delivery.state)" == before.state)
                #expect(delivery.attempts.count == before.attempts)
                #expect(delivery.key.run.text == before.run)
            }
            #expect(Set(found.map(\.state)) == [.pending, .delivered, .dead])
        }
    }

    @Test func `a pending report that comes through ends its run`() async throws {
        try await withHost { host, store in
            let call = try #require(RunID(.call, landed.pending.call))
            let delivery = try #require(try await store.deliveries(of: call).first)
            let before = try await run(landed.pending.call, store)
            #expect(before.status == .delivering)
            let claimed = try await store.claim(
                by: WorkerID(1),
                at: delivery.dueAt + 1,
                limit: 10,
                perOrigin: 10,
                busy: [:]
            )
            let held = try #require(claimed.first { $0.delivery.id == delivery.id })
            let attempt = Delivery.Attempt(at: clock.now(), statusCode: 200, error: "")
            try await host.attempted(held, attempt, .delivered, RequestResult(statusCode: 200))
            let run = try await run(landed.pending.call, store)
            #expect(run.status == .finished)
            #expect(run.path.map(\.outcome) == [0, 0, 1, 0])
            #expect(try await store.audit().balances)
        }
    }

    @Test func `a dead report can be sent again`() async throws {
        try await withHost { _, store in
            let message = try #require(RunID(.message, landed.dead.message))
            let dead = try #require(try await store.deliveries(of: message).first)
            #expect(dead.state == .dead)
            #expect(try await store.retry(dead.id, at: clock.now()))
            #expect(try await store.delivery(dead.id)?.state == .pending)
        }
    }
}
