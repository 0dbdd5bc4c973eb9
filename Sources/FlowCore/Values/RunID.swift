/// What a run is known by: a CallUUID, a MessageUUID, or an id of flowd's own where neither began it.
///
/// A record, one row in a store, is keyed by the id that its first run began with.
package struct RunID: Hashable, Sendable {
    package enum Kind: UInt8, Sendable {
        case call = 1
        case message = 2
        /// A run that neither a call nor a message began: flowd's own id.
        case own = 3
    }

    package let kind: Kind
    private let name: Name

    /// A UUID as Plivo writes it takes 16 bytes, and none on the heap.
    private enum Name: Hashable {
        case uuid(UInt128)
        case text(String)
    }

    /// - Returns: nil for the empty text and for more than ``maximumLength`` bytes, which no UUID has.
    package init?(_ kind: Kind, _ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count) else { return nil }
        self.kind = kind
        name = UInt128(uuid: text).map { .uuid($0) } ?? .text(text)
    }

    private init(kind: Kind, name: Name) {
        self.kind = kind
        self.name = name
    }

    /// An id of flowd's own, written as a UUID.
    package init(own number: UInt128) {
        self.init(kind: .own, name: .uuid(number))
    }

    package static let maximumLength = 128

    /// As Plivo sent it.
    package var text: String {
        switch name {
        case .uuid(let number): number.uuidText
        case .text(let text): text
        }
    }
}

extension RunID {
    /// The key in a store: the kind, then 16 bytes for a lower-case UUID, else the text.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        forEachByte { bytes.append($0) }
        return bytes
    }

    /// ``FNV1a`` over ``bytes``: the same in every process.
    package var fingerprint: UInt64 {
        var hash = FNV1a()
        forEachByte { hash.add($0) }
        return hash.sum
    }

    /// How many bytes ``bytes`` are.
    var byteCount: Int {
        switch name {
        case .uuid: 17
        case .text(let text): 1 + text.utf8.count
        }
    }

    @inline(__always)
    func forEachByte(_ body: (UInt8) -> Void) {
        switch name {
        case .uuid(let number):
            body(kind.rawValue)
            withUnsafeBytes(of: number.bigEndian) { $0.forEach(body) }
        case .text(let text):
            body(kind.rawValue | Self.textFlag)
            text.utf8.forEach(body)
        }
    }

    package init?(bytes: some Collection<UInt8>) {
        guard let first = bytes.first, let kind = Kind(rawValue: first & ~Self.textFlag) else { return nil }
        let rest = bytes.dropFirst()
        if first & Self.textFlag != 0 {
            self.init(kind, String(decoding: rest, as: UTF8.self))
        } else {
            guard rest.count == 16 else { return nil }
            self.init(kind: kind, name: .uuid(rest.reduce(0) { $0 << 8 | UInt128($1) }))
        }
    }

    private static let textFlag: UInt8 = 0x80
}

extension UInt128 {
    /// Reads a UUID (RFC 9562, section 4) with lower-case digits, as Plivo writes them.
    fileprivate init?(uuid text: String) {
        guard text.utf8.count == 36 else { return nil }
        var number: UInt128 = 0
        var position = 0
        for character in text.utf8 {
            defer { position += 1 }
            switch character {
            case UInt8(ascii: "-") where Self.isDash(position): continue
            case _ where Self.isDash(position): return nil
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | Self(character - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | Self(character - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        self = number
    }

    fileprivate var uuidText: String {
        String(unsafeUninitializedCapacity: 36) { text in
            var rest = self
            for position in (0..<36).reversed() {
                guard !Self.isDash(position) else {
                    text.initializeElement(at: position, to: UInt8(ascii: "-"))
                    continue
                }
                let digit = UInt8(truncatingIfNeeded: rest & 0xF)
                let first = digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10
                text.initializeElement(at: position, to: first + digit)
                rest >>= 4
            }
            return 36
        }
    }

    /// Whether a UUID's text has a dash there.
    private static func isDash(_ position: Int) -> Bool {
        position == 8 || position == 13 || position == 18 || position == 23
    }
}

extension RunID: CustomStringConvertible {
    package var description: String { text }
}
