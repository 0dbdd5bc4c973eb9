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

    /// Reads secrets separated by commas or blanks: `whsec_` and base64, or base64 alone, of 24 to 64 bytes.
    ///
    /// What Standard Webhooks' libraries read otherwise, or not at all, is refused: a signature that no app server can
    /// verify is worse than none.
    package init(secrets text: String) throws(Mistake) {
        var keys: [SymmetricKey] = []
        for secret in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            keys.append(SymmetricKey(data: try Self.key(secret)))
        }
        guard !keys.isEmpty else { throw Mistake(description: Self.expectation) }
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
    private static let sizes = 24...64
    /// It says no word of what was found, which is a secret.
    private static let expectation =
        "expected base64 of \(sizes.lowerBound) to \(sizes.upperBound) bytes, with or without \"\(prefix)\" in front. "
        + "this makes one: echo \(prefix)$(openssl rand -base64 32)"

    private static func key(_ secret: Substring) throws(Mistake) -> [UInt8] {
        let base64 = secret.hasPrefix(prefix) ? secret.dropFirst(prefix.count) : secret
        guard let data = Data(base64Encoded: String(base64)), sizes.contains(data.count) else {
            throw Mistake(description: expectation)
        }
        return Array(data)
    }
}
