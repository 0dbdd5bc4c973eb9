import Crypto
package import FlowCore

extension RunID {
    /// The id of the side run that an event begins: the same for every copy of the event, in every process.
    ///
    /// A UUID of version 8 (RFC 9562, section 5.8): 122 bits of SHA-256 over the length-prefixed fields of the ``EventKey``.
    package init(_ key: EventKey) {
        var hash = SHA256()
        let texts = [key.flow, key.version.text, key.event] + key.mark
        hash.update(framed: key.run.bytes)
        for text in texts { hash.update(framed: Array(text.utf8)) }
        for number in [key.node, key.visit] { hash.update(framed: Array(String(number).utf8)) }
        let number = hash.finalize().prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        let version = number & ~(0xF << 76) | 8 << 76
        self.init(own: version & ~(0b11 << 62) | 0b10 << 62)
    }
}

extension SHA256 {
    /// A field behind its length, so that two fields never run into one.
    fileprivate mutating func update(framed field: [UInt8]) {
        withUnsafeBytes(of: UInt64(field.count).bigEndian) { update(bufferPointer: $0) }
        update(data: field)
    }
}
