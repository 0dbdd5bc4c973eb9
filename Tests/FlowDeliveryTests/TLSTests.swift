import FlowCore
import FlowHost
import FlowStore
import FlowTesting
import Foundation
import NIOHTTP1
import Testing

@testable import FlowDelivery

@Suite("A courier over TLS", .timeLimit(.minutes(5)))
struct TLSTests {
    private static let misnamed = "TLS failed: the server's certificate is for another host name"
    private static let expired = "TLS failed: the server's certificate expired on 2021-01-01"
    private static let selfSigned = "TLS failed: the server's certificate is self-signed"
    private static let unknown = "TLS failed: no authority that is known here has signed the server's certificate"

    /// A server that shows these certificates, and a courier that trusts the tests' authority.
    private func withServer(
        _ door: TLSDoor,
        trusting roots: TrustRoots? = nil,
        _ body: (AppServer, HTTPCourier) async throws -> Void
    ) async throws {
        let roots = try roots ?? testRoots()
        try await AppServer.run(prepare: door.guards) { _, answer in
            try await answer.reply(200)
        } test: { server in
            let courier = HTTPCourier(
                policy: .privateAllowed,
                secrets: SecretSource { $0 == "TOKEN" ? "the-token" : nil },
                signer: try StandardWebhooks(secrets: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                version: "1.0",
                trustRoots: roots,
                resolver: Resolver { IPAddress($0).map { [$0] } ?? [.v4(0x7F00_0001)] },
                now: wallClock
            )
            do {
                try await body(server, courier)
            } catch {
                await courier.shutDown()
                throw error
            }
            await courier.shutDown()
        }
    }

    private func testRoots() throws -> TrustRoots { try withFile(ServerCertificate.root) { try TrustRoots(file: $0) } }

    private func withFile<Value>(_ text: String, _ body: (String) throws -> Value) throws -> Value {
        let path = NSTemporaryDirectory() + "/flowd-roots-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try body(path)
    }

    private func request(_ host: String, _ server: AppServer) -> OutboundRequest {
        var request = Sample.request("https://\(host):\(server.port)")
        request.authorization = .bearer(Sample.secret("TOKEN"))
        return request
    }

    @Test(
        "takes a certificate for the host's name, asked for by that name, though it connects to an address",
        arguments: [
            (.named, "app.test", "app.test"), (.named, "App.Test.", "app.test"), (.both, "app.test", "app.test"),
        ] as [(ServerCertificate, String, String)]
    )
    func name(certificate: ServerCertificate, host: String, name: String) async throws {
        let door = TLSDoor(certificate)
        try await withServer(door) { server, courier in
            let reply = await courier.send(request(host, server), id: Sample.id, limit: .seconds(30))
            #expect(reply == CourierReply(RequestResult(statusCode: 200)))
            #expect(door.notes.names == [name])
            #expect(server.received.map(\.body) == ["DialStatus=completed"])
            #expect(server.received.first?.headers["Host"] == ["\(name):\(server.port)"])
            #expect(server.received.first?.headers["Authorization"] == ["Bearer the-token"])
        }
    }

    @Test(
        "takes a certificate for an address where the URL has no name",
        arguments: [.address, .both] as [ServerCertificate]
    )
    func address(certificate: ServerCertificate) async throws {
        let door = TLSDoor(certificate)
        try await withServer(door) { server, courier in
            let reply = await courier.send(request("127.0.0.1", server), id: Sample.id, limit: .seconds(30))
            #expect(reply == CourierReply(RequestResult(statusCode: 200)))
            #expect(door.notes.names == [nil])
        }
    }

    @Test(
        "refuses any other certificate, says why, and tells that server nothing",
        arguments: [
            (.otherName, "app.test", misnamed),
            // The address that is connected to is not what was asked for.
            (.address, "app.test", misnamed),
            (.both, "other.test", misnamed),
            (.named, "127.0.0.1", misnamed),
            (.named, "sub.app.test", misnamed),
            (.expired, "app.test", expired),
            (.selfSigned, "app.test", selfSigned),
        ] as [(ServerCertificate, String, String)]
    )
    func refusal(certificate: ServerCertificate, host: String, words: String) async throws {
        try await refuses(certificate, host, trusting: testRoots(), words)
    }

    @Test("refuses what an authority signed that the machine does not know")
    func unknownAuthority() async throws {
        try await refuses(.named, "app.test", trusting: .system, Self.unknown)
    }

    private func refuses(
        _ certificate: ServerCertificate,
        _ host: String,
        trusting roots: TrustRoots,
        _ words: String
    ) async throws {
        let door = TLSDoor(certificate)
        try await withServer(door, trusting: roots) { server, courier in
            let reply = await courier.send(request(host, server), id: Sample.id, limit: .seconds(30))
            #expect(reply == CourierReply(RequestResult(error: words)))
            try await eventually("the server has seen all that comes") { door.notes.ended == 1 }
            #expect(door.notes.bytes == [])
            #expect(server.received.isEmpty)
        }
    }

    @Test(
        "takes an answer that is whole though TLS is closed without a word, and no other",
        arguments: [
            ("Content-Length: 2\r\n\r\nok", "ok", ""), ("X: y\r\n\r\nall of it", "all of it", ""),
            ("Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "ok", ""),
            ("Content-Length: 10\r\n\r\nabc", "", "connection closed in the middle of the answer"),
            ("Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", "", "connection closed in the middle of the answer"),
            ("X: y", "", "connection closed before the answer"),
        ]
    )
    func uncleanEnd(rest: String, body: String, words: String) async throws {
        let door = TLSDoor(.named, closesCleanly: false)
        try await RawServer.run("HTTP/1.1 200 OK\r\n\(rest)", prepare: door.guards) { port in
            let courier = HTTPCourier(
                policy: .privateAllowed,
                secrets: SecretSource { _ in nil },
                signer: nil,
                version: "1.0",
                trustRoots: try testRoots(),
                resolver: Resolver { _ in [.v4(0x7F00_0001)] },
                now: wallClock
            )
            let request = Sample.request("https://app.test:\(port)")
            let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
            let whole = RequestResult(statusCode: 200, body: Array(body.utf8))
            #expect(reply == CourierReply(words.isEmpty ? whole : RequestResult(error: words)))
            #expect(door.notes.swallowed > 0)
            await courier.shutDown()
        }
    }

    @Test("says that a server closed the connection in the handshake")
    func closedInHandshake() async throws {
        try await RawServer.run("") { port in
            let courier = HTTPCourier(
                policy: .privateAllowed,
                secrets: SecretSource { _ in nil },
                signer: nil,
                version: "1.0",
                now: wallClock
            )
            let request = Sample.request("https://127.0.0.1:\(port)")
            let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
            let words = "TLS failed: the server closed the connection during the handshake"
            #expect(reply == CourierReply(RequestResult(error: words)))
            await courier.shutDown()
        }
    }

    @Test("is refused once for each attempt, and delivers when the certificate is good again")
    func triedAgain() async throws {
        let door = TLSDoor(.expired, .otherName, .named)
        try await withServer(door) { server, courier in
            var bench = Workbench()
            bench.ladder = Ladder(steps: [1, 1])
            let delivery = Sample.delivery(to: "https://app.test:\(server.port)")
            try await bench.run(courier) { _ in
                try await bench.hand(over: [delivery])
                try await eventually("it is delivered") { try await bench.state(of: delivery) == .delivered }
            }
            let attempts = try await bench.store.delivery(delivery.id)?.attempts ?? []
            #expect(attempts.map(\.error) == [Self.expired, Self.misnamed, ""])
            #expect(attempts.map(\.statusCode) == [0, 0, 200])
            #expect(server.received.count == 1)
        }
    }

    @Test(
        "a certificate's name is the host's, whole or behind a star for the first label",
        arguments: [
            ("app.test", true), ("APP.TEST", true), ("*.test", true), ("*.app.test", false), ("pp.test", false),
            ("a*.test", false), ("*", false), ("*.", false), ("", false), ("app.test.", false), ("127.0.0.1", false),
        ]
    )
    func names(name: String, isTaken: Bool) throws {
        let host = try #require(HostName("app.test"))
        #expect(host.matches(name) == isTaken)
    }

    // MARK: Roots

    @Test("reads no authorities from a file that holds none", arguments: ["", "a text", "-----BEGIN CERTIFICATE-----"])
    func noAuthorities(text: String) throws {
        try withFile(text) { path in
            let words = "no certificate in PEM form can be read from \"\(path)\""
            #expect(throws: TrustRoots.Mistake(description: words)) { try TrustRoots(file: path) }
        }
    }

    @Test("reads no authorities from a file that is not there")
    func missingFile() {
        #expect(throws: TrustRoots.Mistake.self) { try TrustRoots(file: "/nowhere/roots.pem") }
    }
}
