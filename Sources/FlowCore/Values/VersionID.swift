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
        let digits = Array("0123456789abcdef")
        text = String(digest.prefix(Self.length / 2).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] })
    }

    package static let length = 16
}

extension VersionID: CustomStringConvertible {
    package var description: String { text }
}
