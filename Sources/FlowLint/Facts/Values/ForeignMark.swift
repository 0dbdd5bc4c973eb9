import FlowCore

/// A stretch of a text that other tools would fill in and flowd sends as it stands: `${API_KEY}`, `{% if … %}`.
struct ForeignMark {
    let text: String
    /// In UTF-8 bytes of the whole text.
    let range: Range<Int>
    /// The name of the variable; nil for a tag of Liquid.
    let variable: String?

    /// The first such stretch outside of templates.
    static func first(in text: String) -> ForeignMark? {
        let starts = text.withBytes { bytes in bytes.indices.filter { isStart(bytes[$0]) } }
        guard !starts.isEmpty else { return nil }
        let bytes = Array(text.utf8)
        let templates = TemplateParser.hasMarks(text) ? TemplateParser.templates(in: bytes) : []
        return starts.lazy.compactMap { templates.holds($0) ? nil : mark(at: $0, in: bytes) }.first
    }

    private static func isStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "{")
    }

    /// Bytes of the longest tag that is looked for.
    private static let longestTag = 200

    private static func mark(at start: Int, in bytes: [UInt8]) -> ForeignMark? {
        let rest = bytes[start...]
        if rest.starts(with: "{%".utf8) {
            guard let close = rest.prefix(longestTag).firstRange(of: Array("%}".utf8)) else { return nil }
            return ForeignMark(bytes, start..<close.upperBound, variable: nil)
        }
        if ["${", "%{", "#{"].contains(where: { rest.starts(with: $0.utf8) }) {
            let name = rest.dropFirst(2).prefix(while: isOfVariable)
            guard isVariable(name), name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: "}") else {
                return nil
            }
            return ForeignMark(bytes, start..<name.endIndex + 1, variable: String(decoding: name, as: UTF8.self))
        }
        guard bytes[start] == UInt8(ascii: "$"), start == 0 || bytes[start - 1] == 0x20 else { return nil }
        // A name in capitals up to the end: elsewhere a "$" is money.
        let name = rest.dropFirst().prefix(while: isOfVariable)
        guard isVariable(name), name.count > 2, name.endIndex == bytes.count,
            name.allSatisfy({ !(0x61...0x7A).contains($0) })
        else { return nil }
        return ForeignMark(bytes, start..<name.endIndex, variable: String(decoding: name, as: UTF8.self))
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>, variable: String?) {
        text = String(decoding: bytes[range], as: UTF8.self)
        self.range = range
        self.variable = variable
    }

    /// Whether a name begins with a letter or `_`, as names of the environment do.
    private static func isVariable(_ name: ArraySlice<UInt8>) -> Bool {
        name.first.map { !(0x30...0x39).contains($0) } ?? false
    }

    private static func isOfVariable(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }
}
