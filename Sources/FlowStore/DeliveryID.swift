import Crypto
package import FlowCore

/// The `webhook-id` of a delivery: the same for every attempt, after a crash, and when a turn is decided again.
///
/// SHA-256 over the length-prefixed fields of the ``EffectKey``, as 43 characters of base64url behind `msg_`.
package struct DeliveryID: Hashable, Sendable {
    package let text: String

    package init(_ key: EffectKey) {
        var hash = SHA256()
        for field in [key.run.bytes, Array(key.flow.utf8), Array(key.version.text.utf8)] {
            hash.update(bigEndian: UInt64(field.count))
            hash.update(data: field)
        }
        hash.update(bigEndian: UInt64(key.node))
        hash.update(bigEndian: UInt64(key.visit))
        // The first request of a visit is named as it was before a visit could have several.
        if key.ordinal > 0 { hash.update(bigEndian: UInt64(key.ordinal)) }
        text = "msg_" + base64URL(hash.finalize())
    }

    /// An id that somebody named: from a store, or an operator.
    package init(_ text: String) {
        self.text = text
    }
}

extension DeliveryID: CustomStringConvertible {
    package var description: String { text }
}

extension SHA256 {
    fileprivate mutating func update(bigEndian number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { update(bufferPointer: $0) }
    }
}

/// Base64url without padding (RFC 4648, section 5).
package func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in bytes {
        bits = bits << 8 | UInt32(byte)
        count += 8
        while count >= 6 {
            count -= 6
            text.append(alphabet[Int(bits >> count & 0x3F)])
        }
    }
    if count > 0 { text.append(alphabet[Int(bits << (6 - count) & 0x3F)]) }
    return String(decoding: text, as: UTF8.self)
}
