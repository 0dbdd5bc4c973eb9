import FlowDocument

extension Datum {
    /// Reads an app server's JSON (RFC 8259); nil for anything else.
    package init?(json bytes: [UInt8]) {
        guard let datum = try? Self.json(String(decoding: bytes, as: UTF8.self)) else { return nil }
        self = datum
    }

    /// Reads an app server's JSON (RFC 8259), as forgiving as readers of JSON are where it costs no meaning.
    ///
    /// The last of two equal keys counts, numbers keep their digits, and one half of a surrogate pair becomes U+FFFD.
    /// Throws where the text is no JSON, is nested deeper than 64 levels, or holds more than 20,000 values.
    static func json(_ text: String) throws(ReadFailure) -> Datum {
        // A byte that was no UTF-8 has become three.
        let limits = Limits(size: 3 * RunLimits.responseBytes, depth: 64, values: 20_000)
        var bytes = Array(text.utf8)
        replaceHalvesOfPairs(in: &bytes)
        return Datum(try JSONReader.read(bytes, limits: limits, duplicateKeys: .keepLast))
    }

    private init(_ value: Value) {
        switch value.content {
        case .list(let items): self = .list(items.map { Datum($0) })
        case .mapping(let entries): self = .object(entries.map { Member($0.key.text, Datum($0.value)) })
        case .scalar(let scalar):
            switch (scalar.style, scalar.text) {
            case (.absent, _): self = .null
            case (.plain, "true"): self = .boolean(true)
            case (.plain, "false"): self = .boolean(false)
            case (.plain, let digits): self = .number(digits)
            case (_, let text): self = .text(text)
            }
        }
    }

    /// Writes `\ufffd` over each escape of half a surrogate pair: what cuts texts by UTF-16 units leaves such halves.
    private static func replaceHalvesOfPairs(in bytes: inout [UInt8]) {
        var index = 0
        while let start = bytes[index...].firstIndex(of: UInt8(ascii: "\\")) {
            guard let unit = escapedUnit(in: bytes, at: start) else {
                index = min(start + 2, bytes.count)
                continue
            }
            index = start + 6
            guard (0xD800...0xDFFF).contains(unit) else { continue }
            if unit < 0xDC00, let next = escapedUnit(in: bytes, at: index), (0xDC00...0xDFFF).contains(next) {
                index += 6
            } else {
                bytes.replaceSubrange(start..<index, with: "\\ufffd".utf8)
            }
        }
    }

    /// The UTF-16 unit of the escape `\uXXXX` at `index`, or nil where none stands there.
    private static func escapedUnit(in bytes: [UInt8], at index: Int) -> UInt16? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt16 = 0
        for byte in bytes[(index + 2)..<(index + 6)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
