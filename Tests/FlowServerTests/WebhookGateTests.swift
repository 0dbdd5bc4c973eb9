import FlowCore
import FlowFiles
import FlowHost
import FlowServer
import FlowStore
import FlowTesting
import FlowWeb
import Logging
import Plivo
import Testing

/// The transport without a server: what is refused, in which order, and what reaches the host.
@Suite struct WebhookGateTests {
    let log = RecordedLog()

    func gate(signed: Bool = true, url: String = Fixture.publicURL) async throws -> WebhookGate {
        let folder = try TemporaryFolder(["dial-status.yaml": Fixture.dialStatus])
        defer { folder.remove() }
        let contents = try FlowFolder([folder.path]).read()
        let store = MemoryStore()
        let addresses = WebhookAddresses(publicURL: try PublicURL(url), key: try await store.sharedKey())
        let answers = AnswerXML(addresses: addresses)
        let host = Host(
            flows: FlowSet(),
            store: store,
            courier: TestCourier(),
            inbox: DeliveryInbox(),
            worker: WorkerID(1),
            render: { try? answers.bytes($0) },
            now: { Fixture.start },
            logger: Logger(label: "test") { _ in log }
        )
        try await host.install(contents.flows, versions: contents.versions)
        return WebhookGate(
            host: host,
            addresses: addresses,
            verifier: signed ? SignatureVerifier(tokens: [Fixture.token]) : nil,
            metrics: FlowMetrics(),
            warnings: SignatureWarnings(logger: Logger(label: "test") { _ in log })
        )
    }

    static let form = Fixture.form(Fixture.callPairs)

    static func post(
        _ target: String = "/flows/dial-status",
        _ pairs: [(String, String)] = Fixture.callPairs,
        method: String = "POST",
        type: String? = "application/x-www-form-urlencoded"
    ) -> WebhookRequest {
        WebhookRequest(
            method: method,
            target: target,
            contentType: type,
            signature: Fixture.signature(target, pairs),
            body: Array(Fixture.form(pairs).utf8)
        )
    }

    @Test func `an answer is XML with status 200`() async throws {
        let answer = try await gate().answer(Self.post())
        #expect(answer.status == 200)
        #expect(answer.contentType == "application/xml")
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(text.hasPrefix("<Response><Dial action=\"http://flowd.test/flows/dial-status/"))
    }

    @Test func `the first refusal that applies is the answer`() async throws {
        let gate = try await gate()
        var request = Self.post("/flows/nope", [("a", "b")], method: "PUT")
        request.signature = SignatureHeaders()
        var tooLarge = request
        tooLarge.body = nil
        #expect(await gate.answer(tooLarge).status == 413)
        #expect(await gate.answer(request).status == 405)
        #expect(await gate.answer(request).allow == "GET, HEAD, POST")
        request.method = "POST"
        #expect(await gate.answer(request) == .forbidden)
        #expect(await gate.answer(Self.post("/flows/nope", [("a", "b")])).status == 404)
        #expect(await gate.answer(Self.post("/flows/nope")).status == 404)
        #expect(await gate.answer(Self.post("/flows/dial-status", [("a", "b")])).status == 400)
    }

    @Test(arguments: ["/", "/flows", "/flow/dial-status", "/incoming/", "/healthz/", "//flows/dial-status", "*", ""])
    func `any other path is not found`(path: String) async throws {
        #expect(try await gate().answer(WebhookRequest(method: "GET", target: path)).status == 404)
    }

    @Test(arguments: [
        "/flows/dial-status/", "/flows/dial-status/x", "/flows/", "/flows/../incoming", "/flows/dial%2Dstatus",
        "/flows/dial-status/0011223344556677/1/01/result",
    ])
    func `a path that flowd does not write is an unknown flow, to Plivo only`(path: String) async throws {
        let gate = try await gate()
        #expect(await gate.answer(Self.post(path)).status == 404)
        #expect(await gate.answer(WebhookRequest(method: "GET", target: path)).status == 403)
    }

    @Test(
        arguments: [
            ("CallUUID=%zz", nil), ("CallUUID=1&%", nil), ("{}", "application/json"),
            ("CallUUID=1", "multipart/form-data; boundary=x"), ("", nil), ("CallUUID=", nil), ("From=1&To=2", nil),
            ("MessageUUID=", "application/x-www-form-urlencoded; charset=UTF-8"),
        ] as [(String, String?)]
    )
    func `what is no webhook is refused with a line of why`(body: String, type: String?) async throws {
        let request = WebhookRequest(
            method: "POST",
            target: "/flows/dial-status",
            contentType: type,
            body: Array(body.utf8)
        )
        let answer = try await gate(signed: false).answer(request)
        #expect(answer.status == 400)
        #expect(answer.contentType == "text/plain; charset=utf-8")
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(text.count > 10 && text.firstIndex(of: "\n") == text.indices.last)
    }

    @Test func `broken encoding cannot be verified`() async throws {
        let gate = try await gate()
        var request = Self.post()
        request.body = Array("CallUUID=%zz".utf8)
        #expect(await gate.answer(request).status == 403)
        request = Self.post("/flows/dial-status?a=%zz")
        #expect(await gate.answer(request).status == 403)
        #expect(log.all(containing: "without a valid signature").count == 1)
    }

    @Test func `a signature with another token, or over other parameters, is refused`() async throws {
        let gate = try await gate()
        var request = Self.post()
        request.signature = Fixture.signature(request.path, Fixture.callPairs, token: "another")
        #expect(await gate.answer(request).status == 403)
        request = Self.post()
        request.body = Array((Self.form + "&x=y").utf8)
        #expect(await gate.answer(request).status == 403)
        request = Self.post()
        request.query = "x=y"
        #expect(await gate.answer(request).status == 403)
    }

    @Test func `the warning names the URL and what was missing, once in a while`() async throws {
        let gate = try await gate()
        for _ in 0..<3 { _ = await gate.answer(WebhookRequest(method: "POST", target: "/flows/dial-status?From=1")) }
        #expect(
            log.all(containing: "signature") == [
                "warning refused a request without a valid signature reason=X-Plivo-Signature-V3 is missing"
                    + " suppressed=0 url=http://flowd.test/flows/dial-status"
            ]
        )
    }

    @Test func `a GET brings its parameters in the query`() async throws {
        let gate = try await gate(signed: false)
        let answer = await gate.answer(WebhookRequest(method: "GET", target: "/flows/dial-status?" + Self.form))
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("<Dial"))
        #expect(await gate.answer(Self.post(method: "GET")).status == 400)
    }

    @Test func `of a name in body and query the body's counts`() async throws {
        let gate = try await gate(signed: false)
        let answer = await gate.answer(Self.post("/incoming?To=1999&CallUUID=other"))
        #expect(String(decoding: answer.body, as: UTF8.self).contains("<Dial"))
        let again = await gate.answer(Self.post("/flows/dial-status"))
        #expect(answer == again)
    }

    @Test func `a number that no flow answers is rejected politely`() async throws {
        let pairs = [("CallUUID", Fixture.call), ("From", "14155550123"), ("To", "14155559999")]
        let answer = try await gate().answer(Self.post("/incoming", pairs))
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self) == "<Response><Hangup reason=\"rejected\"/></Response>")
    }

    @Test func `a prefix of the public URL may be there or cut off`() async throws {
        let gate = try await gate(url: "https://h.example/plivo")
        for path in ["/flows/dial-status", "/plivo/flows/dial-status"] {
            var request = Self.post(path)
            let codes = SignatureVerifier(tokens: [Fixture.token]).sign(
                url: "https://h.example/plivo/flows/dial-status",
                query: Parameters(),
                form: Parameters(Fixture.callPairs),
                nonce: "1"
            )
            request.signature = SignatureHeaders(mainAccountSignature: codes[0], nonce: "1")
            #expect(await gate.answer(request).status == 200)
        }
        #expect(await gate.answer(WebhookRequest(method: "GET", target: "/plivo/healthz")).status == 200)
    }

    @Test func `health needs no signature`() async throws {
        let gate = try await gate()
        #expect(await gate.answer(WebhookRequest(method: "GET", target: "/healthz")).status == 200)
        #expect(await gate.answer(WebhookRequest(method: "HEAD", target: "/healthz")).status == 200)
        #expect(await gate.answer(WebhookRequest(method: "POST", target: "/healthz")).allow == "GET, HEAD")
    }

    @Test func `a confirmation is found by its token alone, and changes nothing`() async throws {
        let gate = try await gate()
        let dial = String(decoding: await gate.answer(Self.post()).body, as: UTF8.self)
        let sound = try #require(dial.split(separator: "confirmSound=\"").last?.prefix { $0 != "#" })
        let path = String(sound.dropFirst(Fixture.publicURL.count))
        for method in ["GET", "POST"] {
            let answer = await gate.answer(WebhookRequest(method: method, target: path))
            #expect(answer.status == 200)
            #expect(String(decoding: answer.body, as: UTF8.self) == "<Response><Speak>press one</Speak></Response>")
        }
        let forged = String(path.dropLast()) + (path.hasSuffix("A") ? "B" : "A")
        #expect(await gate.answer(WebhookRequest(method: "GET", target: forged)).status == 404)
        #expect(String(decoding: await gate.answer(Self.post()).body, as: UTF8.self) == dial)
    }

    @Test func `a dial's result is led to its run, and its copy gets the same bytes`() async throws {
        let gate = try await gate()
        let dial = String(decoding: await gate.answer(Self.post()).body, as: UTF8.self)
        let action = try #require(dial.split(separator: "action=\"").dropFirst().first?.prefix { $0 != "#" })
        let path = String(action.dropFirst(Fixture.publicURL.count))
        let result = [("CallUUID", Fixture.call), ("DialStatus", "busy"), ("DialHangupCause", "USER_BUSY")]
        let first = await gate.answer(Self.post(path, result))
        #expect(first.status == 200)
        #expect(String(decoding: first.body, as: UTF8.self) == "<Response><Hangup/></Response>")
        #expect(await gate.answer(Self.post(path, result + [("x", "y")])) == first)
        #expect(await gate.answer(Self.post(path, [("DialStatus", "busy")])).status == 400)
    }

    @Test(arguments: ["\u{0}\u{1}\r\n", "<Response/>&\"'", "\u{FFFE}\u{202E}"])
    func `hostile parameters neither break the answer nor the log`(text: String) async throws {
        let long = String(repeating: text, count: 1_000)
        let pairs = [("CallUUID", Fixture.call), ("From", long), ("To", "14155550100"), (text, text)]
        let answer = try await gate().answer(Self.post("/flows/dial-status", pairs))
        #expect(answer.status == 200)
        let body = String(decoding: answer.body, as: UTF8.self)
        #expect(body.hasPrefix("<Response><Dial") && body.hasSuffix("</Dial></Response>"))
        #expect(!body.unicodeScalars.contains { $0.value < 0x20 })
        let logged = log.all(containing: "")
        #expect(!logged.contains { $0.unicodeScalars.contains { $0.value < 0x20 } })
    }
}
