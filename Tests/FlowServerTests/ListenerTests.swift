import FlowServer
import FlowStore
import NIOCore
import Testing

/// The webhook port, over sockets.
@Suite struct ListenerTests {
    static let form = Fixture.form(Fixture.callPairs)

    @Test func `pipelined requests are answered in order`() async throws {
        try await Fixture.run { flowd, _ in
            let requests =
                Wire.request("POST", "/flows/dial-status", body: Self.form, closes: false)
                + Wire.request("GET", "/nothing", closes: false)
                + Wire.request("GET", "/healthz")
            let exchange = try await Wire.send(requests, port: flowd.webhooks)
            #expect(exchange.statuses == [200, 404, 200])
            #expect(exchange.isClosed)
        }
    }

    @Test func `what is no HTTP behind a request is refused once that request is answered`() async throws {
        try await Fixture.run { flowd, _ in
            let requests =
                Wire.request("POST", "/flows/dial-status", body: Self.form, closes: false) + "garbage\r\n\r\n"
            let exchange = try await Wire.send(requests, port: flowd.webhooks)
            #expect(exchange.statuses == [200, 400])
            #expect(exchange.isClosed)
        }
    }

    @Test func `nothing is answered behind a request after which the client wants the connection closed`() async throws
    {
        try await Fixture.run { flowd, _ in
            let requests = Wire.request("GET", "/healthz") + Wire.request("GET", "/healthz")
            let exchange = try await Wire.send(requests, port: flowd.webhooks)
            #expect(exchange.statuses == [200])
            #expect(exchange.isClosed)
        }
    }

    @Test func `hundreds of pipelined requests are all answered`() async throws {
        try await Fixture.run { flowd, _ in
            let requests = Array(repeating: Wire.request("GET", "/healthz", closes: false), count: 400).joined()
            let exchange = try await Wire.send(requests + Wire.request("GET", "/healthz"), port: flowd.webhooks)
            #expect(exchange.statuses == Array(repeating: 200, count: 401))
            #expect(exchange.text.contains("\r\ndate: "))
        }
    }

    @Test func `the media type of an answer is XML`() async throws {
        try await Fixture.run { flowd, _ in
            let exchange = try await Wire.send(
                Wire.request("POST", "/flows/dial-status", body: Self.form),
                port: flowd.webhooks
            )
            #expect(exchange.text.lowercased().contains("content-type: application/xml\r\n"))
        }
    }

    @Test func `a body that is announced too large is refused unread, and the connection closed`() async throws {
        try await Fixture.run { flowd, _ in
            let head = "POST /flows/dial-status HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n"
            let exchange = try await Wire.exchange([head, "CallUUID="], port: flowd.webhooks)
            #expect(exchange.statuses == [413])
            #expect(exchange.text.lowercased().contains("connection: close"))
            #expect(exchange.isClosed)
        }
    }

    @Test func `a body that grows too large is refused`() async throws {
        try await Fixture.run { flowd, _ in
            let head = "POST /flows/dial-status HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            let chunk = "4000\r\n" + String(repeating: "a", count: 0x4000) + "\r\n"
            let exchange = try await Wire.exchange([head] + Array(repeating: chunk, count: 64), port: flowd.webhooks)
            #expect(exchange.statuses == [413])
            #expect(exchange.isClosed)
        }
    }

    @Test func `a body of exactly the limit is read`() async throws {
        try await Fixture.run { flowd, _ in
            let body = Self.form + "&x=" + String(repeating: "a", count: 65_536 - Self.form.utf8.count - 3)
            let exchange = try await Wire.send(
                Wire.request("POST", "/flows/dial-status", body: body),
                port: flowd.webhooks
            )
            #expect(exchange.statuses == [200])
        }
    }

    @Test func `a body that trickles in is cut off at its deadline`() async throws {
        try await Fixture.run { configuration in
            configuration.webhookLimits.request = .milliseconds(400)
            configuration.webhookLimits.firstRequest = .seconds(600)
            configuration.webhookLimits.keepAlive = .seconds(600)
        } _: { flowd, _ in
            let head = "POST /flows/dial-status HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
            let exchange = try await Wire.exchange(
                [head] + Array(repeating: "a", count: 100),
                pause: .milliseconds(50),
                port: flowd.webhooks
            )
            #expect(exchange.isClosed && exchange.statuses.isEmpty)
        }
    }

    @Test func `a connection that says nothing, or a header byte by byte, is closed`() async throws {
        try await Fixture.run { configuration in
            configuration.webhookLimits.firstRequest = .milliseconds(400)
        } _: { flowd, _ in
            let silent = try await Wire.exchange([], port: flowd.webhooks)
            #expect(silent.isClosed && silent.text.isEmpty)
            let slow = try await Wire.exchange(
                Array(repeating: "G", count: 100),
                pause: .milliseconds(50),
                port: flowd.webhooks
            )
            #expect(slow.isClosed)
        }
    }

    @Test func `an idle connection is closed after a while`() async throws {
        try await Fixture.run { configuration in
            configuration.webhookLimits.keepAlive = .seconds(5)
        } _: { flowd, _ in
            let exchange = try await Wire.send(Wire.request("GET", "/healthz", closes: false), port: flowd.webhooks)
            #expect(exchange.statuses == [200])
            #expect(exchange.isClosed)
        }
    }

    @Test func `a request whose body is cut off has no effect`() async throws {
        try await Fixture.run { flowd, _ in
            let length = Self.form.utf8.count + 1
            let head = "POST /flows/dial-status HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n"
            _ = try await Wire.exchange([head + Self.form], port: flowd.webhooks, within: .milliseconds(300))
            let chunked = "POST /flows/dial-status HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            let size = String(Self.form.utf8.count, radix: 16)
            _ = try await Wire.exchange(
                [chunked + "\(size)\r\n\(Self.form)\r\n"],
                port: flowd.webhooks,
                within: .milliseconds(300)
            )
            try await Task.sleep(for: .milliseconds(300))
            #expect(try await flowd.store.calls(.init()).isEmpty)
        }
    }

    @Test func `a client that expects to be asked for the body is asked, unless it is too large`() async throws {
        try await Fixture.run { flowd, _ in
            func head(_ length: Int) -> String {
                "POST /flows/dial-status HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(length)\r\n\r\n"
            }
            let asked = try await Wire.exchange(
                [head(Self.form.utf8.count), Self.form],
                pause: .milliseconds(200),
                port: flowd.webhooks
            )
            #expect(asked.statuses == [100, 200])
            let refused = try await Wire.exchange([head(100_000)], port: flowd.webhooks)
            #expect(refused.statuses == [413])
        }
    }

    @Test(arguments: [
        "GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: 9_000) + "\r\n\r\n",
        "GET /" + String(repeating: "a", count: 20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + (0..<200).map { "X\($0): a\r\n" }.joined() + "\r\n",
        "GET /healthz HTTP/1.1\r\n" + (0..<30).map { "X\($0): \(String(repeating: "a", count: 1_000))\r\n" }.joined()
            + "\r\n",
        "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "garbage\r\n\r\n",
    ])
    func `what is over a limit, or no HTTP, is refused and the connection closed`(text: String) async throws {
        try await Fixture.run { flowd, _ in
            let exchange = try await Wire.send(text, port: flowd.webhooks)
            #expect(exchange.statuses.allSatisfy { $0 == 400 })
            #expect(exchange.isClosed)
        }
    }

    @Test func `the next connection waits until one is closed`() async throws {
        try await Fixture.run { configuration in
            configuration.webhookLimits.connections = 1
        } _: { flowd, _ in
            let port = flowd.webhooks
            let isAnswered = Flag()
            var second: Task<Wire.Exchange, any Error>?
            let first = try await Wire.holding(Wire.request("GET", "/healthz", closes: false), port: port) {
                second = Task {
                    defer { isAnswered.raise() }
                    return try await Wire.send(Wire.request("GET", "/healthz"), port: port)
                }
                try await Task.sleep(for: .milliseconds(500))
                #expect(!isAnswered.isUp)
            }
            #expect(first.statuses == [200])
            #expect(try await second?.value.statuses == [200])
        }
    }

    @Test func `a port in use is said so`() async throws {
        try await Fixture.run { flowd, _ in
            await #expect {
                try await Fixture.run {
                    $0.webhooks.port = flowd.webhooks
                } _: { _, _ in
                }
            } throws: { error in
                "\(error)" == "cannot listen on 127.0.0.1:\(flowd.webhooks): the port is in use"
            }
        }
    }
}
