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
            call: #require(RunID(.call, "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36")),
            flow: "x",
            version: VersionID(digest: Array(repeating: 0xAB, count: 32)),
            node: 2,
            turn: 13
        )
    }

    @Test("are absolute, below the prefix, and tell Plivo to try again")
    func absolute() {
        #expect(
            addresses.url(addresses.result(of: step))
                == "https://h.example/plivo/flows/x/abababababababab/2/13/result#ct=2000&rt=15000&rc=5&rp=ct,rt,5xx"
        )
    }

    @Test("of sounds end in a token that is theirs alone")
    func tokens() throws {
        let confirmation = addresses.confirmation(of: step)
        let music = addresses.music(of: step)
        guard case .confirmation(step, let token) = confirmation, case .music(step, let other) = music else {
            Issue.record("\(confirmation), \(music)")
            return
        }
        // HMAC-SHA256("key", "confirm" + path)[:16], computed with Python's hmac.
        #expect(token == "AE0B9bFS5r8Lgvcyphs6_w")
        #expect(token.utf8.count == 22)
        #expect(token != other)
        #expect(addresses.admits(confirmation))
        #expect(addresses.admits(music))
        #expect(try addresses.admits(#require(WebhookPath(confirmation.text))))
        #expect(!addresses.admits(.music(step, token: token)))

        var turned = step
        turned.turn += 1
        #expect(!addresses.admits(.confirmation(turned, token: token)))
        #expect(!addresses.admits(.confirmation(step, token: "")))
        #expect(!addresses.admits(.confirmation(step, token: token + "A")))
        for index in token.indices {
            var changed = token
            changed.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
            #expect(!addresses.admits(.confirmation(step, token: changed)))
        }
        let elsewhere = WebhookAddresses(publicURL: addresses.publicURL, key: Array("kez".utf8))
        #expect(!elsewhere.admits(confirmation))
    }

    @Test("that Plivo signs have no token")
    func signed() {
        for path in [.flow("x"), .incoming, .events(step), addresses.result(of: step)] as [WebhookPath] {
            #expect(addresses.admits(path))
        }
    }
}
