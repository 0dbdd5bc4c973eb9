import FlowCore

/// Writes XML 1.0 straight into bytes: names are literals, only values come from outside.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []

    init() {
        // More than most answers have, and what glibc still keeps at hand for each thread.
        bytes.reserveCapacity(960)
    }

    /// Markup, as it stands.
    mutating func markup(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Markup that somebody else has made well-formed: an author's SSML.
    mutating func wellFormed(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

    /// ` name="value"`.
    mutating func attribute(_ name: StaticString, _ value: String) {
        markup(" ")
        markup(name)
        markup("=\"")
        append(value) { byte, xml in
            switch byte {
            // A parser turns each of these into a space, unless they are references (XML 1.0, section 3.3.3).
            case UInt8(ascii: "\t"): xml.markup("&#9;")
            case UInt8(ascii: "\n"): xml.markup("&#10;")
            default: xml.escape(byte)
            }
        }
        markup("\"")
    }

    mutating func attribute(_ name: StaticString, _ value: Int) {
        attribute(name, String(value))
    }

    mutating func attribute(_ name: StaticString, _ value: Bool) {
        attribute(name, value ? "true" : "false")
    }

    /// The same, where there is something to say.
    mutating func attribute(_ name: StaticString, ifAny value: String) {
        if !value.isBlankInXML { attribute(name, value) }
    }

    mutating func text(_ value: String) {
        append(value) { byte, xml in xml.escape(byte) }
    }

    /// Copies what needs no escape, as nearly all does, in long runs; `escape` writes the bytes between them.
    private mutating func append(_ value: String, escape: (UInt8, inout Self) -> Void) {
        var value = value
        value.withUTF8 { text in
            var start = 0
            for index in text.indices where !Self.isPlain(text[index]) {
                bytes.append(contentsOf: text[start..<index])
                escape(text[index], &self)
                start = index + 1
            }
            bytes.append(contentsOf: text[start...])
        }
    }

    /// U+FFFE and U+FFFF are these two bytes in UTF-8, then BE or BF.
    private static let nonCharacterLead: [UInt8] = [0xEF, 0xBF]

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: (0x20...0x7E).contains(byte)
        }
    }

    /// Writes one byte of a value's UTF-8, escaped.
    ///
    /// What XML 1.0 forbids (section 2.2) is left out; surrogates cannot be in a Swift text.
    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): markup("&amp;")
        case UInt8(ascii: "<"): markup("&lt;")
        case UInt8(ascii: ">"): markup("&gt;")
        case UInt8(ascii: "\""): markup("&quot;")
        case UInt8(ascii: "'"): markup("&#39;")
        // A parser would make a line feed of it.
        case UInt8(ascii: "\r"): markup("&#13;")
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"): bytes.append(byte)
        case 0..<0x20: break
        case 0xBE...0xBF where bytes.suffix(2).elementsEqual(Self.nonCharacterLead): bytes.removeLast(2)
        default: bytes.append(byte)
        }
    }
}
