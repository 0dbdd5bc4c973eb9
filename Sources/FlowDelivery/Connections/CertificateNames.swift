/// Issuer and subject of an X.509 certificate in DER (RFC 5280, section 4.1).
struct CertificateNames {
    private let issuer: ArraySlice<UInt8>
    private let subject: ArraySlice<UInt8>

    /// Whether the certificate says that it was issued by its own subject.
    var areEqual: Bool { issuer.elementsEqual(subject) }

    /// - Returns: nil for bytes that are no certificate.
    init?(der bytes: [UInt8]) {
        var whole = DERReader(bytes[...])
        guard var certificate = whole.next().map({ DERReader($0.content) }), let signed = certificate.next() else {
            return nil
        }
        // version (tagged 0, may be missing), serial number, signature, issuer, validity, subject
        var fields = DERReader(signed.content)
        guard var field = fields.next() else { return nil }
        if field.tag == 0xA0 {
            guard let serial = fields.next() else { return nil }
            field = serial
        }
        guard field.tag == 0x02, fields.next() != nil, let issuer = fields.next(), fields.next() != nil,
            let subject = fields.next()
        else { return nil }
        self.issuer = issuer.content
        self.subject = subject.content
    }
}

/// Goes over DER elements, one after the other (X.690).
private struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
        guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            // Four bytes are more than any certificate needs.
            guard (0x81...0x84).contains(first) else { return nil }
            length = 0
            for _ in 0x80..<first {
                guard let byte = rest.popFirst() else { return nil }
                length = length << 8 | Int(byte)
            }
        }
        guard length <= rest.count else { return nil }
        let content = rest.prefix(length)
        rest = rest.dropFirst(length)
        return (tag, content)
    }
}
