package import FlowCore

/// A checksum behind a row's bytes: a damaged row is found out before anybody believes what it says.
extension ByteWriter {
    /// What was written, and behind it four bytes of FNV-1a (draft-eastlake-fnv) over it.
    package consuming func sealed() -> [UInt8] {
        let sum = fnv1a(bytes[...])
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
        guard sum == fnv1a(bytes[..<count]) else { throw CodecError(position: count, reason: "the checksum is wrong") }
        self.init(bytes, count: count)
    }
}

private func fnv1a(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum: UInt32 = 0x811C_9DC5
    for byte in bytes { sum = (sum ^ UInt32(byte)) &* 0x0100_0193 }
    return sum
}
