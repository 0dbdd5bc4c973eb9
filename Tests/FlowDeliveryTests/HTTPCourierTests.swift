import FlowCore
import FlowHost
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import FlowDelivery

@Suite("A courier", .timeLimit(.minutes(5)))
struct HTTPCourierTests {
    /// Runs `body` with a courier, and shuts it down.
    private func withCourier(
        policy: EgressPolicy = .privateAllowed,
        resolver: Resolver? = nil,
        now: @escaping @Sendable () -> Timestamp = wallClock,
        _ body: (HTTPCourier) async throws -> Void
    ) async throws {
        let courier = HTTPCourier(
            policy: policy,
            secrets: SecretSource { _ in nil },
            signer: nil,
            version: "1.0",
            resolver: resolver,
            now: now
        )
        do {
            try await body(courier)
        } catch {
            await courier.shutDown()
            throw error
        }
        await courier.shutDown()
    }

    /// What comes back from a server with this behavior.
    private func reply(
        from behavior: @escaping AppServer.Behavior,
        limit: Duration = .seconds(5),
        now: @escaping @Sendable () -> Timestamp = wallClock
    ) async throws -> CourierReply {
        let result = Mutex(CourierReply(RequestResult()))
        try await AppServer.run(behavior) { server in
            try await withCourier(now: now) { courier in
                let reply = await courier.send(Sample.request(server.origin), id: Sample.id, limit: limit)
                result.withLock { $0 = reply }
            }
        }
        return result.withLock { $0 }
    }

    @Test("brings the answer back")
    func success() async throws {
        let reply = try await reply { _, answer in
            try await answer.reply(201, ["Content-Type": "application/json"], body: #"{"ok":true}"#)
        }
        let expected = RequestResult(
            statusCode: 201,
            contentType: "application/json",
            body: Array(#"{"ok":true}"#.utf8)
        )
        #expect(reply == CourierReply(expected))
    }

    @Test(
        "brings every status back, and follows no redirect",
        arguments: [204, 301, 302, 307, 308, 400, 410, 500, 503]
    )
    func statuses(status: Int) async throws {
        try await AppServer.run { request, answer in
            let location = "http://\(request.headers.first(name: "Host") ?? "")/elsewhere"
            if status == 204 {
                try await answer.head(204)
                try await answer.end()
            } else {
                try await answer.reply(status, ["Location": location])
            }
        } test: { server in
            try await withCourier { courier in
                let reply = await courier.send(Sample.request(server.origin), id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(statusCode: status)))
                #expect(server.received.map(\.target) == ["/report"])
            }
        }
    }

    @Test("says in a few words that nobody listens")
    func refused() async throws {
        try await AppServer.run { _, _ in
        } test: { server in
            // The server has the port on 127.0.0.1 only, so nobody else gets it meanwhile.
            try await withCourier { courier in
                let request = Sample.request("http://127.0.0.77:\(server.port)")
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(error: "connection refused")))
            }
        }
    }

    @Test(
        "gives up at its limit, whatever the server does until then, and says how far the answer came",
        arguments: [
            ("hang", "timed out after 4 s"), ("continue", "timed out after 4 s"),
            ("trickle", "timed out after 4 s, in the middle of the answer"),
            ("head", "timed out after 4 s, in the middle of the answer"),
        ]
    )
    func deadline(kind: String, words: String) async throws {
        let reply = try await reply(from: Self.slow(kind), limit: .seconds(4))
        #expect(reply == CourierReply(RequestResult(error: words)))
    }

    /// A server that is too slow, in one of several ways.
    private static func slow(_ kind: String) -> AppServer.Behavior {
        { _, answer in
            switch kind {
            case "hang":
                try await Task.sleep(for: .seconds(60))
            case "trickle":
                try await answer.head(200, ["Content-Length": "100000"])
                for _ in 0..<1_000 {
                    try await answer.body("x")
                    try await Task.sleep(for: .milliseconds(50))
                }
            case "head":
                try await answer.head(200, ["Content-Length": "10"])
                try await Task.sleep(for: .seconds(60))
            default:
                for _ in 0..<1_000 {
                    try await answer.head(102)
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }
    }

    @Test("gives up at its limit while a name is looked up")
    func slowLookup() async throws {
        let resolver = Resolver { _ in
            try await Task.sleep(for: .seconds(60))
            return []
        }
        try await withCourier(resolver: resolver) { courier in
            let reply = await courier.send(Sample.request("http://slow.test"), id: Sample.id, limit: .seconds(1))
            #expect(reply == CourierReply(RequestResult(error: "timed out after 1 s")))
        }
    }

    @Test("takes a body of 256 KiB, and reads no more than that", arguments: [true, false])
    func largeBody(isDeclared: Bool) async throws {
        let most = String(repeating: "x", count: RunLimits.responseBytes)
        let whole = try await reply { _, answer in try await answer.reply(200, body: most) }
        #expect(whole.result.body.count == RunLimits.responseBytes)
        #expect(whole.result.error == "")

        let written = Mutex(0)
        let reply = try await reply { _, answer in
            let chunk = String(repeating: "x", count: 65_536)
            try await answer.head(200, isDeclared ? ["Content-Length": String(3_200 * 65_536)] : [:])
            for _ in 0..<3_200 {
                try await answer.body(chunk)
                written.withLock { $0 += chunk.utf8.count }
            }
            try await answer.end()
        }
        #expect(reply == CourierReply(RequestResult(error: "the answer is larger than 256 KiB")))
        // What sockets and channels hold until the connection is closed, far from 200 MB.
        #expect(written.withLock { $0 } < 100 << 20)
    }

    @Test("asks for nothing packed, and unpacks what comes packed all the same")
    func compression() async throws {
        try await AppServer.run { _, answer in
            let packed = Array(try #require(Data(base64Encoded: ContentCodingTests.gzip)))
            let headers: HTTPHeaders = ["Content-Encoding": "gzip", "Content-Length": String(packed.count)]
            try await answer.head(200, headers)
            try await answer.write(.body(.byteBuffer(ByteBuffer(bytes: packed))))
            try await answer.end()
        } test: { server in
            try await withCourier { courier in
                let reply = await courier.send(Sample.request(server.origin), id: Sample.id, limit: .seconds(30))
                #expect(reply.result.body == Array(#"{"agent":"+12025551234"}"#.utf8))
                #expect(server.received.first?.headers["Accept-Encoding"] == [])
            }
        }
    }

    @Test("says that a body was cut off", arguments: [true, false])
    func cutOff(isDeclared: Bool) async throws {
        let reply = try await reply { _, answer in
            try await answer.head(200, isDeclared ? ["Content-Length": "1000"] : ["Transfer-Encoding": "chunked"])
            try await answer.body("half of it")
            throw CancellationError()
        }
        #expect(reply == CourierReply(RequestResult(error: "connection closed in the middle of the answer")))
    }

    // MARK: Reports

    @Test(
        "a report is delivered once a status has come, whatever becomes of the body",
        arguments: [
            ("Content-Length: 10", "abc", "connection closed in the middle of the answer"),
            ("Transfer-Encoding: chunked", "5\r\nab", "connection closed in the middle of the answer"),
            ("Transfer-Encoding: chunked", "zz\r\n", "the answer is not HTTP"),
            (
                "Content-Length: 300000", String(repeating: "x", count: 300_000), "the answer is larger than 256 KiB"
            ),
            (
                "Content-Encoding: br\r\nContent-Length: 1", "a",
                #"the answer is packed with "br", which flowd does not read"#
            ),
        ]
    )
    func brokenBodies(header: String, body: String, words: String) async throws {
        let remark = AnswerRemark(.bodyLost, "the body of the answer is lost: \(words)")
        for status in [200, 503] {
            let head = "HTTP/1.1 \(status) X\r\nRetry-After: 7\r\nContent-Type: a/b\r\n\(header)\r\n\r\n"
            try await RawServer.run(head + body) { port in
                try await withCourier { courier in
                    let request = Sample.request("http://127.0.0.1:\(port)")
                    let report = await courier.deliver(request, id: Sample.id, limit: .seconds(30), fence: .open)
                    let result = RequestResult(statusCode: status, contentType: "a/b", remark: remark)
                    #expect(report == CourierReply(result, retryAfter: 7))
                    let lookup = await courier.send(request, id: Sample.id, limit: .seconds(30))
                    #expect(lookup == CourierReply(RequestResult(error: words)))
                }
            }
        }
    }

    @Test(
        "a report is delivered once a status has come, also where the body takes too long",
        arguments: ["trickle", "head"]
    )
    func slowBodies(kind: String) async throws {
        try await AppServer.run(Self.slow(kind)) { server in
            try await withCourier { courier in
                let reply = await courier.deliver(
                    Sample.request(server.origin),
                    id: Sample.id,
                    limit: .seconds(4),
                    fence: .open
                )
                let words = "the body of the answer is lost: timed out after 4 s, in the middle of the answer"
                #expect(reply == CourierReply(RequestResult(statusCode: 200, remark: AnswerRemark(.bodyLost, words))))
            }
        }
    }

    @Test("a report brings a whole body back", arguments: ["hang", "continue"])
    func wholeReport(kind: String) async throws {
        try await AppServer.run { request, answer in
            if request.target == "/report" { return try await answer.reply(201, body: "taken") }
            try await Self.slow(kind)(request, answer)
        } test: { server in
            try await withCourier { courier in
                let whole = Sample.request(server.origin)
                let reply = await courier.deliver(whole, id: Sample.id, limit: .seconds(30), fence: .open)
                #expect(reply == CourierReply(RequestResult(statusCode: 201, body: Array("taken".utf8))))
                let slow = Sample.request(server.origin, "/slow")
                let none = await courier.deliver(slow, id: Sample.id, limit: .seconds(4), fence: .open)
                #expect(none == CourierReply(RequestResult(error: "timed out after 4 s")))
            }
        }
    }

    @Test(
        "nothing is sent behind a fence that closes, however late",
        arguments: [
            // Before there is a connection, before the request is encoded, and after that.
            1, 2, 3,
        ]
    )
    func fence(closesAt check: Int) async throws {
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withCourier { courier in
                let request = Sample.request(server.origin)
                for isOpen in [false, true] {
                    let door = FenceDoor(closesAt: check, isOpen: isOpen)
                    let reply = await courier.deliver(request, id: Sample.id, limit: .seconds(30), fence: door.fence)
                    #expect(reply == (isOpen ? CourierReply(RequestResult(statusCode: 200)) : nil))
                    #expect(door.asked == 1)
                    #expect(server.received.count == (isOpen ? 1 : 0))
                }
            }
        }
    }

    // MARK: Answers that are none

    @Test(
        "says what is wrong with an answer",
        arguments: [
            ("", "connection closed before the answer"),
            ("HTTP/1.1 200 OK\r\nContent-Le", "connection closed before the answer"),
            ("SSH-2.0-OpenSSH_9.2\r\n", "the answer is not HTTP"),
            ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "the answer is not HTTP"),
            (
                "HTTP/1.1 200 OK\r\n"
                    + String(repeating: "X-Filler: \(String(repeating: "y", count: 900))\r\n", count: 4_000)
                    + "\r\n", "the answer is not HTTP"
            ),
            ("HTTP/1.1 200 OK\r\nX: \(String(repeating: "y", count: 200_000))\r\n\r\n", "the answer is not HTTP"),
        ]
    )
    func brokenAnswers(bytes: String, words: String) async throws {
        try await RawServer.run(bytes) { port in
            try await withCourier { courier in
                let request = Sample.request("http://127.0.0.1:\(port)")
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(error: words)))
            }
        }
    }

    @Test("says that a server does not speak TLS")
    func plainInsteadOfTLS() async throws {
        try await RawServer.run("HTTP/1.1 400 Bad Request\r\n\r\n") { port in
            try await withCourier { courier in
                let request = Sample.request("https://127.0.0.1:\(port)")
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply.result.error == "TLS failed: the server does not speak TLS on this port")
            }
        }
    }

    @Test("reads Retry-After as seconds and as a date")
    func retryAfter() async throws {
        let seconds = try await reply { _, answer in try await answer.reply(503, ["Retry-After": "120"]) }
        #expect(seconds == CourierReply(RequestResult(statusCode: 503), retryAfter: 120))
        let date = try await reply(
            from: { _, answer in try await answer.reply(429, ["Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"]) },
            now: { Timestamp(milliseconds: 784_111_747_000) }
        )
        #expect(date == CourierReply(RequestResult(statusCode: 429), retryAfter: 30))
    }

    // MARK: Where it connects to

    @Test(
        "never calls link-local and metadata addresses, however they are written",
        arguments: [
            ("http://169.254.169.254", "169.254.169.254 is a link-local address and never called"),
            ("http://2852039166", "169.254.169.254 (2852039166) is a link-local address and never called"),
            ("http://0xa9fea9fe", "169.254.169.254 (0xa9fea9fe) is a link-local address and never called"),
            (
                "http://0251.0376.0251.0376",
                "169.254.169.254 (0251.0376.0251.0376) is a link-local address and never called"
            ),
            ("http://169.254.43518", "169.254.169.254 (169.254.43518) is a link-local address and never called"),
            ("http://[fe80::1]", "fe80::1 is a link-local address and never called"),
            ("http://0", "0.0.0.0 (0) is an unspecified address and never called"),
            ("http://[::]", ":: is an unspecified address and never called"),
            ("http://[::ffff:a9fe:a9fe]", "::ffff:169.254.169.254"),
            ("http://[fd00:ec2::254]", "fd00:ec2::254 is a cloud metadata address and never called"),
        ]
    )
    func neverCalled(origin: String, words: String) async throws {
        try await withCourier { courier in
            let reply = await courier.send(Sample.request(origin), id: Sample.id, limit: .seconds(30))
            #expect(reply.result.error.hasPrefix(words))
            #expect(reply.result.statusCode == 0)
        }
    }

    @Test(
        "calls only public addresses where it was told so",
        arguments: ["127.0.0.1", "2130706433", "0x7f.1", "localhost"]
    )
    func publicOnly(host: String) async throws {
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withCourier(policy: .publicOnly) { courier in
                let request = Sample.request("http://\(host):\(server.port)")
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply.result.error.hasSuffix("is a loopback address, and only public addresses are called"))
                #expect(server.received.isEmpty)
            }
        }
    }

    @Test(
        "connects names and spellings of an address to what was checked",
        arguments: ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1"]
    )
    func pinned(host: String) async throws {
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withCourier { courier in
                let request = Sample.request("http://\(host):\(server.port)")
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(statusCode: 200)))
                let normal = host.lowercased().hasSuffix(".") ? "localhost" : host.lowercased()
                #expect(server.received.first?.headers["Host"] == ["\(normal):\(server.port)"])
            }
        }
    }

    @Test("connects to an IPv6 address", .enabled("there is IPv6") { await AppServer.canListen(on: "::1") })
    func version6() async throws {
        try await AppServer.run(host: "::1") { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withCourier { courier in
                let request = Sample.request("http://[::1]:\(server.port)")
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(statusCode: 200)))
            }
        }
    }

    @Test("connects a name that no name server knows to the address it was given")
    func override() async throws {
        let resolver = Resolver { _ in [.v4(0x7F00_0001)] }
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withCourier(resolver: resolver) { courier in
                let request = Sample.request("http://App.Test.:\(server.port)")
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(statusCode: 200)))
                #expect(server.received.first?.headers["Host"] == ["app.test:\(server.port)"])
            }
        }
    }

    @Test("is not led elsewhere by a name that changes")
    func rebinding() async throws {
        let asked = Mutex(0)
        let resolver = Resolver { _ in
            let count = asked.withLock { asked in
                asked += 1
                return asked
            }
            return [count == 1 ? .v4(0x7F00_0001) : .v4(0xA9FE_A9FE)]
        }
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withCourier(resolver: resolver) { courier in
                let request = Sample.request("http://rebind.test:\(server.port)")
                let first = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(first == CourierReply(RequestResult(statusCode: 200)))
                let second = await courier.send(request, id: Sample.id, limit: .seconds(30))
                let words = "169.254.169.254 (rebind.test) is a link-local address and never called"
                #expect(second == CourierReply(RequestResult(error: words)))
                // Looked up once for each: nothing asks again between the check and the connection.
                #expect(asked.withLock { $0 } == 2)
            }
        }
    }

    @Test("passes over addresses that are not called, and those where nobody listens")
    func severalAddresses() async throws {
        let resolver = Resolver { _ in [.v4(0xA9FE_A9FE), .v4(0x7F00_0002), .v4(0x7F00_0001)] }
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withCourier(resolver: resolver) { courier in
                let request = Sample.request("http://many.test:\(server.port)")
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(statusCode: 200)))
                #expect(server.received.count == 1)
            }
        }
    }

    @Test("says that there is no such host")
    func unknownHost() async throws {
        try await withCourier(resolver: Resolver { throw SendFailure.noSuchHost($0) }) { courier in
            let reply = await courier.send(Sample.request("http://nowhere.test"), id: Sample.id, limit: .seconds(30))
            #expect(reply == CourierReply(RequestResult(error: #"no such host "nowhere.test""#)))
        }
    }

    @Test("calls no origin that it cannot read")
    func badOrigin() async throws {
        try await withCourier { courier in
            let reply = await courier.send(Sample.request("http://a@b"), id: Sample.id, limit: .seconds(30))
            #expect(reply == CourierReply(RequestResult(error: #""http://a@b" is no address to call"#)))
        }
    }

    @Test("closes its connections when the process shuts down, as a service")
    func service() async throws {
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withCourier { courier in
                let request = Sample.request(server.origin)
                try await Workbench.run(courier) {
                    let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                    #expect(reply == CourierReply(RequestResult(statusCode: 200)))
                }
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(error: "flowd is stopping")))
            }
        }
    }

    @Test("sends nothing any more once it was shut down")
    func shutDown() async throws {
        try await withCourier { courier in
            await courier.shutDown()
            let reply = await courier.send(Sample.request("http://127.0.0.1:9"), id: Sample.id, limit: .seconds(30))
            #expect(reply == CourierReply(RequestResult(error: "flowd is stopping")))
        }
    }
}
