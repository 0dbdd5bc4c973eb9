import FlowServer
import FlowStore
import FlowTesting
import FlowWeb
import Foundation
import Plivo
import Testing
import UnixSignals

/// What may be served, and how it ends.
@Suite(.serialized) struct ApplicationTests {
    @Test func `nobody else may pose as Plivo, or as an operator`() throws {
        var configuration = ServeConfiguration(publicURL: try PublicURL("http://flowd.test"), version: "1")
        #expect(configuration.objection == nil)
        configuration.webhooks.host = "0.0.0.0"
        #expect(configuration.objection?.contains("PLIVO_AUTH_TOKEN") == true)
        configuration.allowsUnsigned = true
        #expect(configuration.objection == nil)
        configuration.allowsUnsigned = false
        configuration.authTokens = ["token"]
        #expect(configuration.objection == nil)
        configuration.admin.host = "192.0.2.1"
        #expect(configuration.objection?.contains("FLOWD_ADMIN_TOKEN") == true)
        configuration.adminToken = "token"
        #expect(configuration.objection == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("localhost", true), ("::1", true), ("0.0.0.0", false), ("::", false),
        ("127.0.0.1.example.com", false), ("127.0.0", false), ("", false),
    ])
    func `loopback is told from the rest`(host: String, isLoopback: Bool) {
        #expect(ListenerAddress(host: host, port: 1).isLoopback == isLoopback)
    }

    static let slow = """
        nodes:
          Start:
            type: start
            transitions: Ask
          Ask:
            type: http_request
            url: https://example.com/
            transitions: Forward
          Forward:
            type: call_forward
            to: +12025551234
        """

    @Test func `told to stop, it answers what it has, and closes the store`() async throws {
        let courier = TestCourier(delay: .seconds(1))
        try await Fixture.run(
            flows: ["slow.yaml": Self.slow],
            courier: courier,
            signals: [.sigusr2]
        ) { flowd, _ in
            async let answer = Wire.send(
                Wire.request("POST", "/flows/slow", body: Fixture.form(Fixture.callPairs)),
                port: flowd.webhooks
            )
            let isConnected = Flag()
            async let idle = Wire.exchange([], port: flowd.webhooks) { isConnected.raise() }
            try await eventually("both are there") { courier.wasAsked && isConnected.isUp }
            kill(getpid(), SIGUSR2)
            let exchange = try await answer
            #expect(exchange.statuses == [200])
            #expect(exchange.body.contains("<Dial"))
            #expect(try await idle.isClosed)
            try await eventually("the store is closed") { (try? await flowd.store.check()) == nil }
        }
    }

    @Test func `told to stop, it gives up what takes too long`() async throws {
        let courier = TestCourier(delay: .seconds(600))
        try await Fixture.run(
            flows: ["slow.yaml": Self.slow],
            courier: courier,
            signals: [.sigusr1],
            { $0.webhookLimits.drain = .milliseconds(300) },
            { flowd, _ in
                async let answer = Wire.send(
                    Wire.request("POST", "/flows/slow", body: Fixture.form(Fixture.callPairs)),
                    port: flowd.webhooks
                )
                try await eventually("it is under way") { courier.wasAsked }
                kill(getpid(), SIGUSR1)
                #expect(try await answer.isClosed)
                try await eventually("the store is closed") { (try? await flowd.store.check()) == nil }
            }
        )
    }

    @Test func `it says that it serves once it listens, and that it stopped when it has`() async throws {
        let log = RecordedLog()
        try await Fixture.run(log: log) {
            $0.store = "flowd.db"
        } _: { flowd, _ in
            try await eventually("it is said") { !log.all(containing: "a flow is live").isEmpty }
            let serving = log.all(containing: "flowd is serving")
            #expect(
                serving == [
                    "notice flowd is serving admin=127.0.0.1:\(flowd.admin) listening=127.0.0.1:\(flowd.webhooks)"
                        + " store=flowd.db url_by_number=http://flowd.test/incoming#ct=2000&rt=15000&rc=5&rp=ct,rt,5xx"
                        + " version=1.2.3"
                ]
            )
            #expect(log.all(containing: "has stopped").isEmpty)
            let second = RecordedLog()
            await #expect(throws: ListenFailure.self) {
                try await Fixture.run(log: second) {
                    $0.admin.port = flowd.admin
                } _: { _, _ in
                }
            }
            #expect(second.all(containing: "serving").isEmpty)
        }
    }

    @Test func `a stop is told from a crash`() async throws {
        let log = RecordedLog()
        try await Fixture.run(signals: [.sigcont], log: log) { _, _ in
            // Again and again: one that comes before it listens to signals changes nothing.
            try await eventually("it is said") {
                kill(getpid(), SIGCONT)
                return log.all.last?.hasPrefix("notice flowd has stopped") == true
            }
        }
    }
}
