import FlowCore
import FlowDelivery
import Testing

@Suite("Signatures")
struct StandardWebhooksTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private static let other = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="

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
        let signatures = try sign(Self.secret + separator + Self.other).split(separator: " ")
        #expect(signatures.count == 2)
        #expect(signatures.first.map(String.init) == Self.signature)
        // HMAC-SHA256 under the 32 bytes of 1, worked out with Python's hmac.
        #expect(signatures.last == "v1,d8asl+kiM8rGYv5f96CWaB7DltT12R+GlcKk/tAeKa8=")
    }

    @Test func `a secret is base64 of 24 to 64 bytes, with or without its prefix`() throws {
        #expect(try sign(String(Self.secret.dropFirst(6))) == Self.signature)
        #expect(try sign(Self.secret + "\n") == Self.signature)
        for size in [24, 33, 64] {
            let text = Base64.standard.encode(Array(repeating: 7, count: size))
            #expect(try sign(text) == sign("whsec_" + text))
        }
    }

    @Test(arguments: [
        "", " , ", "whsec_", "whsec_%%%%", "hunter2", "the-key", "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_", "whsec_c2VjcmV0cw==",
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE", Base64.standard.encode(Array(repeating: 7, count: 23)),
        Base64.standard.encode(Array(repeating: 7, count: 65)),
    ])
    func `anything else is refused with a line that makes one`(text: String) {
        let mistake = #expect(throws: StandardWebhooks.Mistake.self) { try StandardWebhooks(secrets: text) }
        #expect(
            mistake?.description
                == "expected base64 of 24 to 64 bytes, with or without \"whsec_\" in front. this makes one: "
                + "echo whsec_$(openssl rand -base64 32)"
        )
    }
}
