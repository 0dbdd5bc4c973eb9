import FlowCore
import FlowWeb
import Testing

@Suite("Addresses in answers")
struct WebhookAddressesTests {
    private let addresses: WebhookAddresses
    private let step: StepAddress

    init() throws {
        addresses = try WebhookAddresses(publicURL: PublicURL("https://h.example/plivo/"), key: Array("key".utf8))
        step = try StepAddress(
            run: #require(RunID(.call, "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36")),
            flow: "x",
            version: VersionID(digest: Array(repeating: 0xAB, count: 32)),
            node: 2,
            turn: 13
        )
    }

    private func path(_ name: String, _ access: CallbackAddress.Access) -> CallbackPath {
        addresses.path(of: CallbackAddress(step, name, access))
    }

    @Test("are absolute, below the prefix, and tell Plivo to try again")
    func absolute() {
        let start = "https://h.example/plivo/flows/x/abababababababab/2/13/"
        let fragment = "#ct=2000&rt=15000&rc=5&rp=ct,rt,5xx"
        #expect(addresses.url(CallbackAddress(step, "result", .byCall)) == "\(start)result\(fragment)")
        #expect(addresses.url(CallbackAddress(step, "none", .byCall)) == "\(start)result/none\(fragment)")
        #expect(
            addresses.url(CallbackAddress(step, "result", .byRun))
                == "\(start)result/AT6Crp0seE2FsaRurn26-zY\(fragment)"
        )
    }

    @Test("that Plivo may not sign end in a token that is theirs alone")
    func tokens() throws {
        let confirmation = path("confirm", .byToken)
        let music = path("music", .byToken)
        let token = try #require(confirmation.token)
        // HMAC-SHA256("key", "confirm" + path)[:16], computed with Python's hmac.
        #expect(token == "AE0B9bFS5r8Lgvcyphs6_w")
        #expect(token.utf8.count == 22)
        #expect(token != music.token)
        #expect(addresses.admits(.callback(confirmation)))
        #expect(addresses.admits(.callback(music)))
        #expect(try addresses.admits(#require(WebhookPath(WebhookPath.callback(confirmation).text))))

        func admits(_ change: (inout CallbackPath) -> Void) -> Bool {
            var path = confirmation
            change(&path)
            return addresses.admits(.callback(path))
        }
        #expect(!admits { $0.name = "music" })
        #expect(!admits { $0.turn += 1 })
        #expect(!admits { $0.token = "" })
        #expect(!admits { $0.token = token + "A" })
        for index in token.indices {
            var changed = token
            changed.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
            #expect(!admits { $0.token = changed })
        }
        let elsewhere = WebhookAddresses(publicURL: addresses.publicURL, key: Array("kez".utf8))
        #expect(!elsewhere.admits(.callback(confirmation)))
    }

    @Test("that Plivo signs have no token")
    func signed() {
        let callbacks = [path("result", .byCall), path("none", .byRun), path("events", .byRun)]
        #expect(callbacks.allSatisfy { $0.token == nil })
        for path in [.flow("x"), .incoming] + callbacks.map({ WebhookPath.callback($0) }) {
            #expect(addresses.admits(path))
        }
    }
}
