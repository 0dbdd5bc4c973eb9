import FlowCore

/// The headers of a signed webhook, version 3 (voice/concepts/signature-validation).
///
/// A header that came in several lines is one value, joined by commas (RFC 9110, section 5.3).
package struct SignatureHeaders: Hashable, Sendable {
    /// A signature with the token of the account, or subaccount, that the call belongs to; or several, by commas.
    package var signature: String?
    /// The same with the main account's token.
    package var mainAccountSignature: String?
    package var nonce: String?

    package init(signature: String? = nil, mainAccountSignature: String? = nil, nonce: String? = nil) {
        self.signature = signature
        self.mainAccountSignature = mainAccountSignature
        self.nonce = nonce
    }

    /// Whether the request claims no signature at all.
    package var isEmpty: Bool { signature == nil && mainAccountSignature == nil }

    package static let signatureName = "X-Plivo-Signature-V3"
    package static let mainAccountSignatureName = "X-Plivo-Signature-Ma-V3"
    package static let nonceName = "X-Plivo-Signature-V3-Nonce"
}

extension SignatureHeaders {
    /// Every signature that came, decoded: those that are no Base64 of 32 bytes match nothing and are left out.
    var codes: [[UInt8]] {
        var codes: [[UInt8]] = []
        for list in [signature, mainAccountSignature] {
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
