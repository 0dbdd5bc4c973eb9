import FlowCore
import FlowHost
import NIOCore
import NIOHTTP1
import Testing

@testable import FlowDelivery

@Suite("What an app server receives")
struct OutgoingMessageTests {
    private static let secrets = ["TOKEN": "t0p\r\nX-Evil: 1", "USER": "ädmin", "PASSWORD": "p:w", "KEY": "a/b c"]

    private func message(
        _ request: OutboundRequest,
        signer: StandardWebhooks? = nil
    ) throws(SendFailure) -> OutgoingMessage {
        try OutgoingMessage(
            request,
            id: Sample.id,
            at: Timestamp(milliseconds: 1_614_265_330_999),
            secrets: SecretSource { Self.secrets[$0] },
            signer: signer,
            userAgent: "flowd/1.0"
        )
    }

    @Test("is the request as it arrives, with flowd's own headers")
    func whole() async throws {
        let signer = try StandardWebhooks(secrets: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            let courier = HTTPCourier(
                policy: .privateAllowed,
                secrets: SecretSource { _ in nil },
                signer: signer,
                version: "1.0",
                now: { Timestamp(milliseconds: 1_614_265_330_999) }
            )
            var request = Sample.request(
                server.origin,
                "/dial/a%20b?x=%26&y=1",
                headers: [("X-One", "1"), ("X-One", "2")]
            )
            request.body = SecretText("caller=%2B14155550100")
            let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
            await courier.shutDown()
            #expect(reply.result.isSuccess)
            let received = try #require(server.received.first)
            #expect(received.method == .POST)
            #expect(received.target == "/dial/a%20b?x=%26&y=1")
            #expect(received.body == "caller=%2B14155550100")
            let signature = signer.signature(id: "msg_sample", timestamp: 1_614_265_330, body: received.body.utf8)
            let expected: [(String, String)] = [
                ("Host", "127.0.0.1:\(server.port)"), ("X-One", "1"), ("X-One", "2"), ("User-Agent", "flowd/1.0"),
                ("webhook-id", "msg_sample"), ("webhook-timestamp", "1614265330"), ("webhook-signature", signature),
                ("Content-Length", "21"),
            ]
            #expect(received.headers.map { "\($0.name): \($0.value)" } == expected.map { "\($0.0): \($0.1)" })
        }
    }

    @Test("has no header that an author took from flowd, or that belongs to the connection")
    func reserved() throws {
        let names = [
            "Host", "content-length", "Transfer-Encoding", "Connection", "Keep-Alive", "TE", "Trailer", "Upgrade",
            "Expect",
            "Webhook-Id", "webhook-timestamp", "WEBHOOK-SIGNATURE", "webhook-other",
        ]
        let message = try message(Sample.request("http://app.test", headers: names.map { ($0, "mine") }))
        #expect(message.headers.map(\.name) == ["User-Agent", "webhook-id", "webhook-timestamp"])
        #expect(!message.headers.contains { $0.value == "mine" })
    }

    @Test("lets an author say who calls")
    func userAgent() throws {
        let message = try message(Sample.request("http://app.test", headers: [("user-agent", "mine")]))
        #expect(message.headers["User-Agent"] == ["mine"])
    }

    @Test(
        "has header values of one line",
        arguments: [
            ("a\r\nX-Evil: 1", "aX-Evil: 1"), ("a\nb", "ab"), ("\0a\u{7F}", "a"), ("a\u{85}b", "ab"),
            (" \ta\tb ", "a\tb"),
            ("é ✓", "é ✓"), ("", ""), ("\r\n", ""),
        ]
    )
    func hostileValues(text: String, value: String) throws {
        let message = try message(Sample.request("http://app.test", headers: [("X-Value", text)]))
        #expect(message.headers["X-Value"] == [value])
    }

    @Test("is not sent with a header whose name is none", arguments: ["", "a b", "a:b", "a\r\nb", "é", "(a)"])
    func hostileNames(name: String) {
        #expect(throws: SendFailure.badHeaderName(name)) {
            try message(Sample.request("http://app.test", headers: [(name, "x")]))
        }
    }

    @Test("carries basic credentials, secrets and all")
    func basic() throws {
        var request = Sample.request("http://app.test", headers: [("authorization", "mine")])
        request.authorization = .basic(username: Sample.secret("USER"), password: Sample.secret("PASSWORD"))
        // base64 of `ädmin:p:w` in UTF-8.
        #expect(try message(request).headers["Authorization"] == ["Basic w6RkbWluOnA6dw=="])
    }

    @Test("carries a key as the user's name, with no password")
    func nameAlone() throws {
        var request = Sample.request("http://app.test")
        request.authorization = .basic(username: SecretText("key"), password: SecretText())
        // base64 of `key:`.
        #expect(try message(request).headers["Authorization"] == ["Basic a2V5Og=="])
    }

    @Test("carries a bearer token on one line")
    func bearer() throws {
        var request = Sample.request("http://app.test")
        request.authorization = .bearer(Sample.secret("TOKEN"))
        #expect(try message(request).headers["Authorization"] == ["Bearer t0pX-Evil: 1"])
    }

    @Test("has sensitive values where they are kept, and is not sent where they are not")
    func sensitive() throws {
        var request = Sample.request("http://app.test")
        var vault = Vault()
        let number = vault.add("8&1\r\n", turn: 1)
        var header = SecretText("a")
        header.append(.sealed(number, escaping: .header))
        request.headers = [.init("X-Pin", header)]
        request.body = SecretText()
        request.body.append(.sealed(number, escaping: .form))
        #expect(throws: SendFailure.wipedValue) { try message(request) }
        request.vault = vault
        let sent = try message(request)
        #expect(sent.headers["X-Pin"] == ["a8&1"])
        #expect(String(buffer: sent.body) == "8%261%0D%0A")
    }

    @Test("has secrets escaped for where they land")
    func places() throws {
        var request = Sample.request("http://app.test")
        request.target = SecretText("/x?key=")
        request.target.append(Sample.secret("KEY", in: .form))
        request.body = SecretText("key=")
        request.body.append(Sample.secret("KEY", in: .form))
        let message = try message(request)
        #expect(message.target == "/x?key=a%2Fb+c")
        #expect(String(buffer: message.body) == "key=a%2Fb+c")
    }

    @Test("is not sent without its secrets", arguments: ["target", "body", "header", "username", "bearer"])
    func missing(place: String) {
        var request = Sample.request("http://app.test")
        switch place {
        case "target": request.target.append(Sample.secret("NONE", in: .path))
        case "body": request.body.append(Sample.secret("NONE"))
        case "header": request.headers.append(OutboundRequest.Header("X-Key", Sample.secret("NONE")))
        case "username": request.authorization = .basic(username: Sample.secret("NONE"), password: SecretText())
        default: request.authorization = .bearer(Sample.secret("NONE"))
        }
        #expect(throws: SendFailure.missingSecret("NONE")) { try message(request) }
        #expect(SendFailure.missingSecret("NONE").description == #"secret "NONE" is not set"#)
    }

    @Test(
        "says how long its body is, and nothing of a body that it has not",
        arguments: ["GET", "POST", "DELETE", "PUT"]
    )
    func lengths(method: String) async throws {
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            let courier = HTTPCourier(
                policy: .privateAllowed,
                secrets: SecretSource { _ in nil },
                signer: nil,
                version: "1.0",
                now: wallClock
            )
            let empty = Sample.request(server.origin, method: method, body: "", headers: [])
            let full = Sample.request(server.origin, method: method, body: "é", headers: [])
            #expect(await courier.send(empty, id: Sample.id, limit: .seconds(30)).result.isSuccess)
            #expect(await courier.send(full, id: Sample.id, limit: .seconds(30)).result.isSuccess)
            await courier.shutDown()
            let lengths = server.received.map { $0.headers["Content-Length"] }
            #expect(lengths == [method == "GET" || method == "DELETE" ? [] : ["0"], ["2"]])
            #expect(server.received.map(\.body) == ["", "é"])
            #expect(server.received.map(\.method.rawValue) == [method, method])
        }
    }
}
