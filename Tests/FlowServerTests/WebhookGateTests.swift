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

    func gate(
        signed: Bool = true,
        url: String = Fixture.publicURL,
        flow: String = Fixture.dialStatus,
        pause: Duration = .seconds(3_600)
    ) async throws -> WebhookGate {
        let folder = try TemporaryFolder(["dial-status.yaml": flow])
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
            warnings: RefusalWarnings(logger: Logger(label: "test") { _ in log }, pause: pause)
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

    @Test(arguments: ["/", "/flows", "/flow/dial-status", "/incoming/x", "/Incoming", "/healthz/x", "*", ""])
    func `any other path is not found`(path: String) async throws {
        #expect(try await gate().answer(WebhookRequest(method: "GET", target: path)).status == 404)
    }

    @Test(arguments: [
        "/flows/dial-status/x", "/flows/Dial-Status", "/flows/../incoming", "/flows/dial%2Dstatus",
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
                "warning refused a request without a valid signature reason=X-Plivo-Signature-V3 is missing status=403"
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

    private static let recorded = Fixture.dialStatus.replacing(
        "to: +12025551234",
        with: "to: +12025551234\n    record: true\n    events: {recording: Report}"
    )

    /// How a request about a recording may be signed.
    enum Signing: String, CaseIterable {
        case none, rightV3, wrongV3, nonceOnly, rightV2, wrongV2

        func headers(_ path: String, _ pairs: [(String, String)]) -> SignatureHeaders {
            let versionTwo = SignatureVerifier(tokens: [Fixture.token]).signMessage(
                url: Fixture.publicURL + path,
                nonce: "1"
            )
            var headers = SignatureHeaders()
            switch self {
            case .none: break
            case .rightV3: headers = Fixture.signature(path, pairs)
            case .wrongV3: headers = Fixture.signature(path, pairs, token: "another")
            case .nonceOnly: headers.nonce = "1"
            case .rightV2: (headers.messageSignature, headers.messageNonce) = (versionTwo[0], "1")
            case .wrongV2: (headers.messageSignature, headers.messageNonce) = (Self.anyCode, "1")
            }
            return headers
        }

        private static let anyCode = Base64.standard.encode(Array(repeating: UInt8(7), count: 32))

        var isTaken: Bool { self == .none || self == .rightV3 || self == .rightV2 }
    }

    @Test(arguments: Signing.allCases)
    func `what tells of a recording is taken without a signature by its token, and never with a wrong one`(
        _ signing: Signing
    ) async throws {
        let gate = try await gate(flow: Self.recorded)
        let dial = String(decoding: await gate.answer(Self.post()).body, as: UTF8.self)
        let action = try #require(dial.split(separator: "<Record action=\"").last?.prefix { $0 != "#" })
        let path = String(action.dropFirst(Fixture.publicURL.count))
        #expect(path.split(separator: "/").count == 8)
        let pairs = [("RecordUrl", "https://media.example/1.mp3"), ("RecordingID", "r1")]
        var request = Self.post(path, pairs)
        request.signature = signing.headers(path, pairs)
        let answer = await gate.answer(request)
        #expect(answer.status == (signing.isTaken ? 200 : 403))
        #expect(String(decoding: answer.body, as: UTF8.self) == (signing.isTaken ? "<Response/>" : ""))
        // Another token, another callback with this one, and none.
        let parts = path.split(separator: "/").map(String.init)
        let forged = "/" + (parts.dropLast() + [String(parts[7].reversed())]).joined(separator: "/")
        let moved = path.replacing("/event/", with: "/confirm/")
        for target in [forged, moved] {
            var request = Self.post(target, pairs)
            request.signature = signing.headers(target, pairs)
            #expect(await gate.answer(request).status == 404)
        }
        let bare = "/" + parts.dropLast().joined(separator: "/")
        var unmarked = Self.post(bare, pairs)
        unmarked.signature = signing.headers(bare, pairs)
        #expect(await gate.answer(unmarked).status == (signing == .rightV3 ? 404 : 403))
    }

    @Test func `what moves a turn needs its signature, whatever token stands behind it`() async throws {
        let gate = try await gate(flow: Self.recorded)
        let dial = String(decoding: await gate.answer(Self.post()).body, as: UTF8.self)
        let action = try #require(dial.split(separator: "<Dial action=\"").last?.prefix { $0 != "#" })
        let path = String(action.dropFirst(Fixture.publicURL.count))
        for target in [path, path + "/AQ/AAAAAAAAAAAAAAAAAAAAAA"] {
            var request = Self.post(target, [("CallUUID", Fixture.call), ("DialStatus", "busy")])
            request.signature = SignatureHeaders()
            #expect(await gate.answer(request).status == 403)
        }
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

    static let messagePairs = [
        ("MessageUUID", "m-1"), ("From", "14155551234"), ("To", "14155550100"), ("Text", "hi"), ("Type", "sms"),
    ]

    /// A message, signed over `url` in version 2.
    static func message(
        _ target: String,
        _ pairs: [(String, String)] = messagePairs,
        url: String? = nil,
        isMainAccount: Bool = false
    ) -> WebhookRequest {
        var request = post(target, pairs)
        let url = url ?? Fixture.publicURL + target.prefix { $0 != "?" }
        let code = SignatureVerifier(tokens: [Fixture.token]).signMessage(url: url, nonce: "12345")[0]
        request.signature = SignatureHeaders()
        if isMainAccount {
            request.signature.mainAccountMessageSignature = code
        } else {
            request.signature.messageSignature = code
        }
        request.signature.messageNonce = "12345"
        return request
    }

    @Test func `a message may be signed in version 2, and no call may`() async throws {
        let flow = Fixture.dialStatus.replacing("incoming_call: Forward", with: "incoming_message: Report")
            .replacing("<<Forward.DialStatus>>", with: "<<Start.message.text>>")
            .replacing("Forward:", with: "Spare:").replacing("transitions: Report", with: "transitions: end")
        let gate = try await gate(flow: flow)
        for target in ["/flows/dial-status", "/incoming", "/flows/dial-status?a=b"] {
            #expect(await gate.answer(Self.message(target)).status == 200)
            #expect(await gate.answer(Self.message(target, isMainAccount: true)).status == 200)
        }
        #expect(await gate.answer(Self.message("/flows/dial-status", url: "http://flowd.test/flows/x")).status == 403)
        #expect(await gate.answer(Self.message("/flows/dial-status", Fixture.callPairs)).status == 403)
        let empty = [("MessageUUID", "")] + Fixture.callPairs
        #expect(await gate.answer(Self.message("/flows/dial-status", empty)).status == 403)
        let result = "/flows/dial-status/0011223344556677/1/1/result"
        #expect(await gate.answer(Self.message(result, Self.messagePairs + Fixture.callPairs)).status == 403)
        // What is signed in version 3 too is judged by that.
        var both = Self.message("/flows/dial-status")
        both.signature.signature = "AAAA"
        both.signature.nonce = "12345"
        #expect(await gate.answer(both).status == 403)
        both.signature.signature = Fixture.signature("/flows/dial-status", Self.messagePairs).signature
        both.signature.messageSignature = "AAAA"
        #expect(await gate.answer(both).status == 200)
        var unsigned = Self.message("/flows/dial-status")
        unsigned.signature = SignatureHeaders()
        #expect(await gate.answer(unsigned).status == 403)
    }

    @Test func `the warning of an unsigned message names the headers of messages`() async throws {
        var request = Self.message("/flows/dial-status")
        request.signature = SignatureHeaders()
        _ = try await gate().answer(request)
        #expect(
            log.all(containing: "signature") == [
                "warning refused a request without a valid signature reason=X-Plivo-Signature-V3 or"
                    + " X-Plivo-Signature-V2 is missing status=403 suppressed=0"
                    + " url=http://flowd.test/flows/dial-status"
            ]
        )
    }

    @Test(arguments: [
        "/flows/dial-status/", "//flows//dial-status", "/flows/dial-status///", "/flows/dial-status",
    ])
    func `a path in another spelling is the same path, signed either way`(path: String) async throws {
        let gate = try await gate()
        var dials: Set<[UInt8]> = []
        for signed in [path, "/flows/dial-status", "/flows/dial-status/"] {
            var request = Self.post(path)
            request.signature = Fixture.signature(signed, Fixture.callPairs)
            let answer = await gate.answer(request)
            #expect(answer.status == 200)
            dials.insert(answer.body)
        }
        #expect(dials.count == 1)
        #expect(await gate.answer(WebhookRequest(method: "GET", target: "//healthz/")).status == 200)
    }

    @Test(
        arguments: [
            ("https://Calls.Example.com", "https://calls.example.com", ""),
            ("https://calls.example.com:443", "https://calls.example.com", ""),
            ("https://Calls.Example.com:443", "https://Calls.Example.com", ""),
            ("https://Calls.Example.com", "https://calls.example.com:443", ""),
            ("https://calls.example.com", "https://Calls.Example.COM", "Calls.Example.COM"),
            ("http://calls.example.com:80", "http://calls.example.com", ""),
            ("https://calls.example.com", "https://evil.example", "evil.example"),
            ("https://calls.example.com", "https://calls.example.com:8443", "calls.example.com:8443"),
            ("https://calls.example.com", "http://calls.example.com", ""),
        ]
    )
    func `a host in another case, and a port that goes without saying, are the same`(
        configured: String,
        signed: String,
        received: String
    ) async throws {
        let isSame =
            !signed.hasSuffix("evil.example") && !signed.hasSuffix("8443")
            && configured.prefix(5) == signed.prefix(5)
        var request = Self.post()
        request.host = received
        let codes = SignatureVerifier(tokens: [Fixture.token]).sign(
            url: signed + "/flows/dial-status",
            query: Parameters(),
            form: Parameters(Fixture.callPairs),
            nonce: "1"
        )
        request.signature = SignatureHeaders(signature: codes[0], nonce: "1")
        #expect(try await gate(url: configured).answer(request).status == (isSame ? 200 : 403))
    }

    @Test func `nothing is refused in silence, and nothing twice in a while`() async throws {
        let gate = try await gate(signed: false)
        let strangers = [("CallUUID", "c-1"), ("From", "14155551234"), ("To", "14155559999")]
        var host = Self.post()
        host.host = nil
        var large = Self.post()
        large.body = nil
        let requests = [
            host, large, Self.post(method: "PUT"), Self.post("/nothing"), Self.post("/flows/nope"),
            Self.post("/flows/nope", [("a", "b")]), Self.post("/flows/dial-status", [("a", "b")]),
            Self.post("/incoming", strangers), Self.post("/flows/dial-status", Self.messagePairs),
        ]
        for _ in 0..<3 { for request in requests { _ = await gate.answer(request) } }
        gate.noteMalformed()
        let url = "url=http://flowd.test"
        #expect(
            log.all(containing: "refused").sorted() == [
                "warning refused a request flow=dial-status reason=no plivo webhook: neither \"CallUUID\" nor"
                    + " \"MessageUUID\" is there status=400 suppressed=0 \(url)/flows/dial-status",
                "warning refused a request flow=nope reason=there is no such flow status=404 suppressed=0"
                    + " \(url)/flows/nope",
                "warning refused a request reason=no HTTP/1.1, or a header over a limit status=400 suppressed=0 \(url)",
                "warning refused a request reason=the Host field is missing, there twice or malformed status=400"
                    + " suppressed=0 \(url)/flows/dial-status",
                "warning refused a request reason=the body has more than 65536 bytes status=413 suppressed=0"
                    + " \(url)/flows/dial-status",
                "warning refused a request reason=the method is PUT status=405 suppressed=0 \(url)/flows/dial-status",
                "warning refused a request reason=there is nothing at this address status=404 suppressed=0"
                    + " \(url)/nothing",
                "warning refused what no flow takes flow=dial-status reason=the flow has no transition for"
                    + " incoming_message status=200 suppressed=0 \(url)/flows/dial-status",
                "warning refused what no flow takes number=14155559999 reason=no flow answers this number status=200"
                    + " suppressed=0 \(url)/incoming",
            ]
        )
    }

    @Test func `a warning says how many of its kind went without one`() async throws {
        let gate = try await gate(signed: false, pause: .milliseconds(200))
        for _ in 0..<5 { _ = await gate.answer(Self.post("/nothing")) }
        try await eventually("the pause is over") {
            _ = await gate.answer(Self.post("/nothing"))
            return log.all(containing: "refused").count > 1
        }
        let suppressed = log.all(containing: "refused").compactMap {
            $0.split(separator: " ").first { $0.hasPrefix("suppressed=") }?.split(separator: "=").last.flatMap {
                Int($0)
            }
        }
        #expect(suppressed.first == 0)
        #expect(suppressed[1] >= 4)
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
