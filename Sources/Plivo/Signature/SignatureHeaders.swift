import FlowCore

/// The headers of a signed webhook (voice/concepts/signature-validation, messaging/concepts/signature-validation).
///
/// A header that came in several lines is one value, joined by commas (RFC 9110, section 5.3).
package struct SignatureHeaders: Hashable, Sendable {
    /// Version 3: a signature with the token of the account, or subaccount, that the call belongs to; or several, by
    /// commas.
    package var signature: String?
    /// The same with the main account's token.
    package var mainAccountSignature: String?
    package var nonce: String?

    /// Version 2, which a message may come with alone.
    package var messageSignature: String?
    package var mainAccountMessageSignature: String?
    package var messageNonce: String?

    package init(signature: String? = nil, mainAccountSignature: String? = nil, nonce: String? = nil) {
        self.signature = signature
        self.mainAccountSignature = mainAccountSignature
        self.nonce = nonce
    }

    package static let signatureName = "X-Plivo-Signature-V3"
    package static let mainAccountSignatureName = "X-Plivo-Signature-Ma-V3"
    package static let nonceName = "X-Plivo-Signature-V3-Nonce"
    package static let messageSignatureName = "X-Plivo-Signature-V2"
    package static let mainAccountMessageSignatureName = "X-Plivo-Signature-Ma-V2"
    package static let messageNonceName = "X-Plivo-Signature-V2-Nonce"

    /// Whether any header of version 3 came, whatever is in it.
    package var hasVersion3: Bool { signature != nil || mainAccountSignature != nil || nonce != nil }

    /// Whether any header of version 2 came, whatever is in it.
    package var hasVersion2: Bool {
        messageSignature != nil || mainAccountMessageSignature != nil || messageNonce != nil
    }

    /// Every signature in two headers, decoded: those that are no Base64 of 32 bytes match nothing and are left out.
    static func codes(_ first: String?, _ second: String?) -> [[UInt8]] {
        var codes: [[UInt8]] = []
        for list in [first, second] {
            for item in (list ?? "").utf8.split(separator: UInt8(ascii: ",")) {
                let text = item.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                let end = text.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
                guard let end, let code = Base64.standard.decode(text[...end]), code.count == 32 else { continue }
                codes.append(code)
            }
        }
        return codes
    }
}
