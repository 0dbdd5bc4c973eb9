/// What Plivo calls a conversation by: a CallUUID, or a MessageUUID.
package struct CallID: Hashable, Sendable {
    package enum Kind: UInt8, Sendable {
        case call = 1
        case message = 2
    }

    package let kind: Kind
    /// As Plivo sent it.
    package let text: String

    /// - Returns: nil for the empty text and for more than ``maximumLength`` bytes, which no UUID has.
    package init?(_ kind: Kind, _ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count) else { return nil }
        self.kind = kind
        self.text = text
    }

    package static let maximumLength = 128
}

extension CallID {
    /// The key in a store: the kind, then 16 bytes for a lower-case UUID, else the text.
    package var bytes: [UInt8] {
        if let uuid = Self.uuidBytes(text) { return [kind.rawValue] + uuid }
        return [kind.rawValue | Self.textFlag] + Array(text.utf8)
    }

    package init?(bytes: some Collection<UInt8>) {
        guard let first = bytes.first, let kind = Kind(rawValue: first & ~Self.textFlag) else { return nil }
        let rest = bytes.dropFirst()
        if first & Self.textFlag != 0 {
            self.init(kind, String(decoding: rest, as: UTF8.self))
        } else {
            guard rest.count == 16 else { return nil }
            self.init(kind, Self.uuidText(rest))
        }
    }

    private static let textFlag: UInt8 = 0x80

    private static func uuidBytes(_ text: String) -> [UInt8]? {
        guard text.utf8.count == 36 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        var high: UInt8?
        for (index, character) in text.utf8.enumerated() {
            let digit: UInt8
            switch character {
            case UInt8(ascii: "-"):
                guard isDash(index) else { return nil }
                continue
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
            default: return nil
            }
            if let upper = high {
                bytes.append(upper << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes.count == 16 ? bytes : nil
    }

    private static func uuidText(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for byte in bytes {
            if isDash(text.count) { text.append(UInt8(ascii: "-")) }
            text.append(hexDigit(byte >> 4))
            text.append(hexDigit(byte & 0xF))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// Whether a UUID's text has a dash there (RFC 9562, section 4).
    private static func isDash(_ position: Int) -> Bool {
        position == 8 || position == 13 || position == 18 || position == 23
    }
}

extension CallID: CustomStringConvertible {
    package var description: String { text }
}
