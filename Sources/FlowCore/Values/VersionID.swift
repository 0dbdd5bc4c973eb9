/// Which text of a flow a call runs on: the head of the SHA-256 over format, name and file bytes, in hexadecimal.
package struct VersionID: Hashable, Sendable {
    package let text: String

    /// - Returns: nil for anything but ``length`` lower-case hexadecimal digits.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.text = String(text)
    }

    /// The first ``length`` digits of a hash.
    package init(digest: some Sequence<UInt8>) {
        let bytes = digest.prefix(Self.length / 2)
        text = String(unsafeUninitializedCapacity: Self.length) { text in
            var count = 0
            for byte in bytes {
                text[count] = Self.digit(byte >> 4)
                text[count + 1] = Self.digit(byte & 0xF)
                count += 2
            }
            return count
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }

    package static let length = 16
}

extension VersionID: CustomStringConvertible {
    package var description: String { text }
}
