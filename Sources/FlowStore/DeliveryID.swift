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
        text = "msg_" + Base64.url.encode(hash.finalize())
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
