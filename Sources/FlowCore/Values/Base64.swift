/// RFC 4648, strict: one text for one value, no line breaks, no stray bits.
package enum Base64 {
    /// Section 4: `+`, `/` and padding.
    package static let standard = Alphabet(last: [UInt8(ascii: "+"), UInt8(ascii: "/")], isPadded: true)
    /// Section 5, for file names and URLs: `-`, `_` and no padding.
    package static let url = Alphabet(last: [UInt8(ascii: "-"), UInt8(ascii: "_")], isPadded: false)

    package struct Alphabet: Sendable {
        let characters: [UInt8]
        let isPadded: Bool
        /// By character: its six bits, or ``invalid``.
        private let values: [UInt8]
        private static let invalid: UInt8 = 0xFF

        init(last: [UInt8], isPadded: Bool) {
            characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8) + last
            self.isPadded = isPadded
            var values = Array(repeating: Self.invalid, count: 256)
            for (value, character) in characters.enumerated() { values[Int(character)] = UInt8(value) }
            self.values = values
        }

        package func encode(_ bytes: some Sequence<UInt8>) -> String { encode(Array(bytes)) }

        /// Not generic: other modules call it, and would get what fits any sequence.
        package func encode(_ bytes: [UInt8]) -> String {
            var text: [UInt8] = []
            text.reserveCapacity((bytes.count + 2) / 3 * 4)
            var (bits, count) = (UInt32(0), 0)
            for byte in bytes {
                bits = bits << 8 | UInt32(byte)
                count += 8
                while count >= 6 {
                    count -= 6
                    text.append(characters[Int(bits >> UInt32(count) & 0x3F)])
                }
            }
            if count > 0 { text.append(characters[Int(bits << UInt32(6 - count) & 0x3F)]) }
            while isPadded, !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: "=")) }
            return String(decoding: text, as: UTF8.self)
        }

        /// - Returns: nil for anything that ``encode(_:)`` does not write.
        package func decode(_ text: Substring.UTF8View) -> [UInt8]? {
            var digits = text
            if isPadded {
                guard text.count.isMultiple(of: 4) else { return nil }
                for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
            }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(digits.count * 3 / 4)
            var (bits, count) = (UInt32(0), 0)
            for digit in digits {
                let value = values[Int(digit)]
                guard value != Self.invalid else { return nil }
                bits = bits << 6 | UInt32(value)
                count += 6
                if count >= 8 {
                    count -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                }
            }
            // One digit alone carries no byte, and what is left over is zero.
            guard count < 6, bits & (1 << UInt32(count) - 1) == 0 else { return nil }
            return bytes
        }
    }
}
