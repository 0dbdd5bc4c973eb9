import Crypto
import FoundationEssentials

/// Signs what app servers receive, as Standard Webhooks 1.0 says, so that its libraries verify it.
///
/// `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, once for each secret, separated by spaces: while a
/// secret is rotated, the old and the new one are both there.
package struct StandardWebhooks: Sendable {
    /// Why a text holds no secrets.
    package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    private let keys: [SymmetricKey]

    /// Reads secrets separated by commas or spaces: `whsec_` and base64, or any other text, whose bytes are the key.
    package init(secrets text: String) throws(Mistake) {
        var keys: [SymmetricKey] = []
        for secret in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            keys.append(SymmetricKey(data: try Self.key(secret)))
        }
        guard !keys.isEmpty else { throw Mistake(description: "there is no webhook secret in it") }
        self.keys = keys
    }

    /// The value of `webhook-signature`.
    ///
    /// - Parameters:
    ///   - id: the value of `webhook-id`.
    ///   - timestamp: the value of `webhook-timestamp`, in seconds since 1970.
    package func signature(id: String, timestamp: Int64, body: some Sequence<UInt8>) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return keys.map { key in
            "v1," + Data(HMAC<SHA256>.authenticationCode(for: signed, using: key)).base64EncodedString()
        }.joined(separator: " ")
    }

    private static let prefix = "whsec_"

    private static func key(_ secret: Substring) throws(Mistake) -> [UInt8] {
        guard secret.hasPrefix(prefix) else { return Array(secret.utf8) }
        var base64 = String(secret.dropFirst(prefix.count))
        while base64.utf8.count % 4 != 0 { base64 += "=" }
        guard let data = Data(base64Encoded: base64), !data.isEmpty else {
            throw Mistake(description: "a webhook secret that begins with '\(prefix)' goes on in base64")
        }
        return Array(data)
    }
}
