package import FlowCore

/// A checksum behind a row's bytes: a damaged row is found out before anybody believes what it says.
extension ByteWriter {
    /// What was written, and behind it four bytes of checksum over it.
    package consuming func sealed() -> [UInt8] {
        let sum = checksum(bytes[...])
        for shift in [0, 8, 16, 24] as [UInt32] { write(byte: UInt8(truncatingIfNeeded: sum >> shift)) }
        return bytes
    }
}

extension ByteReader {
    /// Reads what ``FlowCore/ByteWriter/sealed()`` gave.
    package init(sealed bytes: [UInt8]) throws(CodecError) {
        let count = bytes.count - 4
        guard count >= 0 else { throw CodecError(position: bytes.count, reason: "the bytes end too early") }
        var sum: UInt32 = 0
        for byte in bytes[count...].reversed() { sum = sum << 8 | UInt32(byte) }
        guard sum == checksum(bytes[..<count]) else {
            throw CodecError(position: count, reason: "the checksum is wrong")
        }
        self.init(bytes, count: count)
    }
}

/// ``FNV1a`` in steps of eight bytes, folded: whatever is changed within one of them changes the sum.
private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var hash = FNV1a()
    bytes.withUnsafeBytes { hash.add(inWords: $0) }
    return hash.folded
}
