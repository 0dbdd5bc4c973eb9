import FlowDelivery
import Testing

@Suite("Signatures")
struct StandardWebhooksTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private func sign(_ secrets: String) throws -> String {
        try StandardWebhooks(secrets: secrets).signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330,
            body: #"{"test": 2432232314}"#.utf8
        )
    }

    @Test("agree with the published vector")
    func vector() throws {
        #expect(try sign(Self.secret) == Self.signature)
    }

    @Test("are one for each secret, separated by spaces", arguments: [",", " ", ", ", "\n"])
    func rotation(separator: String) throws {
        let signatures = try sign(Self.secret + separator + "topsecret").split(separator: " ")
        #expect(signatures.count == 2)
        #expect(signatures.first.map(String.init) == Self.signature)
        // HMAC-SHA256 under the bytes of `topsecret`, worked out with Python's hmac.
        #expect(signatures.last == "v1,fuS9joqOuYY7xyeRZIyVXmXrTETpl0RXS4whTR6ljk4=")
    }

    @Test("take a secret whose padding was cut off")
    func padding() throws {
        #expect(try sign("whsec_c2VjcmV0cw==") == sign("whsec_c2VjcmV0cw"))
        #expect(try sign("whsec_c2VjcmV0cw") == sign("secrets"))
    }

    @Test("need secrets", arguments: ["", " , ", "whsec_", "whsec_%%%%"])
    func mistakes(text: String) {
        #expect(throws: StandardWebhooks.Mistake.self) { try StandardWebhooks(secrets: text) }
    }
}
