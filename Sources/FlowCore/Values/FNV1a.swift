/// FNV-1a, 64 bits (draft-eastlake-fnv): the same in every process and on every machine, unlike `Hasher`.
///
/// It tells accidents apart, not what somebody made to collide.
package struct FNV1a: Sendable {
    package private(set) var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01B3

    package init() {}

    package init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    package mutating func add(_ byte: UInt8) {
        sum = (sum ^ UInt64(byte)) &* Self.prime
    }

    /// Adds the bytes in steps of eight, and the rest one by one: a change within one step always changes the sum.
    package mutating func add(inWords bytes: UnsafeRawBufferPointer) {
        let words = bytes.count / 8
        for word in 0..<words {
            sum =
                (sum ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)))
                &* Self.prime
        }
        for byte in bytes[(words * 8)...] { add(byte) }
    }

    /// The sum in 32 bits, folded as the draft says.
    package var folded: UInt32 { UInt32(truncatingIfNeeded: sum ^ sum >> 32) }
}
