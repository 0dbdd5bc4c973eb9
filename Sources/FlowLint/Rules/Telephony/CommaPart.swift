import FlowCore
import FlowDocument

/// What stands between two commas of a text, without white space at its ends.
struct CommaPart {
    let text: String
    /// In UTF-8 bytes of the whole text.
    let range: Range<Int>
    var holdsTemplate: Bool { TemplateParser.hasMarks(text) }

    /// The parts of a text that are not empty; a comma inside a template divides nothing.
    static func parts(of text: String) -> [CommaPart] {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: ",")) else { return part(bytes, 0..<bytes.count).map { [$0] } ?? [] }
        var parts: [CommaPart] = []
        var start = 0
        var closing: UInt8?
        for index in 0...bytes.count {
            guard index < bytes.count else {
                if let part = part(bytes, start..<index) { parts.append(part) }
                break
            }
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch (bytes[index], next) {
            case (UInt8(ascii: "<"), UInt8(ascii: "<")) where closing == nil: closing = UInt8(ascii: ">")
            case (UInt8(ascii: "{"), UInt8(ascii: "{")) where closing == nil: closing = UInt8(ascii: "}")
            case (let byte, let same) where byte == closing && same == byte: closing = nil
            case (UInt8(ascii: ","), _) where closing == nil:
                if let part = part(bytes, start..<index) { parts.append(part) }
                start = index + 1
            default: break
            }
        }
        return parts
    }

    private static func part(_ bytes: [UInt8], _ range: Range<Int>) -> CommaPart? {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        var range = range
        while let first = range.first, isBlank(bytes[first]) { range = first + 1..<range.upperBound }
        while let last = range.last, isBlank(bytes[last]) { range = range.lowerBound..<last }
        return range.isEmpty ? nil : CommaPart(text: String(decoding: bytes[range], as: UTF8.self), range: range)
    }
}

extension Value {
    /// The comma-separated parts of a text, or of each text of a list.
    var commaParts: [(scalar: Value, part: CommaPart)] {
        if let list { return list.flatMap(\.commaParts) }
        guard let text else { return [] }
        return CommaPart.parts(of: text).map { (self, $0) }
    }
}
