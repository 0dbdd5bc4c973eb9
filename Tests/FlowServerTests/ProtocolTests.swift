import FlowServer
import FlowTesting
import Testing

/// HTTP's rules, on both ports.
@Suite struct ProtocolTests {
    private static func both(
        _ configure: (inout ServeConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (_ purpose: Listener.Purpose, _ port: Int) async throws -> Void
    ) async throws {
        try await Fixture.run(configure) { flowd, _ in
            try await body(.webhooks, flowd.webhooks)
            try await body(.admin, flowd.admin)
        }
    }

    @Test func `a HEAD is answered like a GET, without the body`() async throws {
        try await Fixture.run { flowd, _ in
            let webhook = "/flows/dial-status?" + Fixture.form(Fixture.callPairs)
            for (target, port) in [
                ("/healthz", flowd.webhooks), (webhook, flowd.webhooks), ("/nothing", flowd.webhooks),
                ("/healthz", flowd.admin), ("/readyz", flowd.admin), ("/metrics", flowd.admin),
                ("/flows", flowd.admin), ("/runs", flowd.admin), ("/deliveries", flowd.admin),
                ("/runs/none", flowd.admin), ("/runs?limit=0", flowd.admin),
            ] {
                let requests = Wire.request("HEAD", target, closes: false) + Wire.request("GET", target)
                let exchange = try await Wire.send(requests, port: port)
                #expect(exchange.statuses.count == 2 && exchange.statuses[0] == exchange.statuses[1], "\(target)")
                let answers = exchange.text.components(of: "HTTP/1.1 ").dropFirst().map {
                    $0.components(of: "\r\n\r\n")
                }
                #expect(answers.first?.last?.isEmpty == true, "\(target)")
                #expect(answers.last?.last?.isEmpty == false, "\(target)")
                let lengths = answers.map {
                    $0[0].lowercased().components(of: "content-length: ")[1].prefix(while: \.isNumber)
                }
                // Figures may have grown between the two.
                if target != "/metrics" { #expect(lengths[0] == lengths[1] && lengths[0] != "0", "\(target)") }
            }
        }
    }

    @Test func `other methods are told which there are`() async throws {
        try await Self.both { purpose, port in
            for method in ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"] {
                let exchange = try await Wire.send(Wire.request(method, "/healthz"), port: port)
                #expect(exchange.statuses == [405], "\(purpose) \(method)")
                #expect(exchange.text.lowercased().contains("\r\nallow: get, head, post\r\n"), "\(purpose) \(method)")
            }
            let post = try await Wire.send(Wire.request("POST", "/healthz"), port: port)
            #expect(post.text.lowercased().contains("\r\nallow: get, head\r\n"))
        }
    }

    @Test func `HTTP/1.0 closes unless it asks otherwise, and HTTP/1.1 where it asks`() async throws {
        let table = [
            ("GET /healthz HTTP/1.0\r\n\r\n", true), ("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n", true),
            ("GET /healthz HTTP/1.0\r\nHost: localhost\r\nConnection: Keep-Alive\r\n\r\n", false),
            ("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Close\r\n\r\n", true),
            ("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: TE, close\r\n\r\n", true),
            ("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", false),
        ]
        try await Self.both { purpose, port in
            for (text, closes) in table {
                // A second request is answered only where the connection is still open.
                let exchange = try await Wire.send(text + Wire.request("GET", "/healthz"), port: port)
                #expect(exchange.statuses == (closes ? [200] : [200, 200]), "\(purpose) \(text)")
                let first = exchange.text.components(of: "HTTP/1.1 200 OK\r\n")[1].lowercased()
                #expect(first.contains("connection: close\r\n") == closes, "\(purpose) \(text)")
                let isKept = text.contains("HTTP/1.0") && !closes
                #expect(first.contains("connection: keep-alive\r\n") == isKept, "\(purpose) \(text)")
            }
        }
    }

    @Test func `a host that is missing, doubled or malformed is refused`() async throws {
        let table = [
            "GET /healthz HTTP/1.1\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: localhost/x\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: u@localhost\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: localhost:port\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: ::1\r\n\r\n",
            "GET /healthz HTTP/1.0\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
            "GET http://localhost/healthz HTTP/1.1\r\n\r\n",
            "GET http://u@localhost/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /flows/dial-status HTTP/1.1\r\nContent-Length: 100000\r\n\r\n",
        ]
        try await Self.both { purpose, port in
            for text in table {
                let exchange = try await Wire.send(text, port: port)
                #expect(exchange.statuses == [400], "\(purpose) \(text)")
                #expect(exchange.isClosed, "\(purpose) \(text)")
            }
        }
    }

    @Test func `an absolute target is for its own host, and its path counts`() async throws {
        try await Self.both { purpose, port in
            for target in ["http://localhost:1/healthz", "HTTP://127.0.0.1/healthz?x=y"] {
                let text = "GET \(target) HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                let exchange = try await Wire.send(text, port: port)
                #expect(exchange.statuses == [200], "\(purpose) \(target)")
            }
        }
    }

    @Test func `a page that a browser reaches under another name is told nothing`() async throws {
        try await Fixture.run { flowd, _ in
            for text in [
                "GET /flows HTTP/1.1\r\nHost: evil.example:8081\r\nConnection: close\r\n\r\n",
                "GET http://evil.example/flows HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            ] {
                let exchange = try await Wire.send(text, port: flowd.admin)
                #expect(exchange.statuses == [403])
                #expect(!exchange.body.contains("dial-status"))
            }
        }
        try await Fixture.run { configuration in
            configuration.adminToken = "t"
        } _: { flowd, _ in
            let text =
                "GET /flows HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer t\r\nConnection: close\r\n\r\n"
            let exchange = try await Wire.send(text, port: flowd.admin)
            #expect(exchange.statuses == [200])
        }
    }

    @Test func `what another site's page sends is refused before its body is read`() async throws {
        try await Fixture.run { flowd, _ in
            let text =
                "POST /deliveries/msg_x/retry HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n"
                + "Content-Length: 1000\r\n\r\n"
            let exchange = try await Wire.send(text, port: flowd.admin)
            #expect(exchange.statuses == [403])
            #expect(exchange.isClosed)
        }
    }
}

extension String {
    fileprivate func components(of separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
