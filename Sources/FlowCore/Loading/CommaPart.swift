/// What stands between two commas of a text, without white space at its ends.
package struct CommaPart {
    /// As it was written.
    package let text: String
    /// In UTF-8 bytes of the whole text.
    package let range: Range<Int>
    package let holdsTemplate: Bool

    private init(_ bytes: [UInt8], _ range: Range<Int>, holdsTemplate: Bool = false) {
        let written = String(decoding: bytes[range], as: UTF8.self)
        text = written.trimmed
        let start = range.lowerBound + (text == written ? 0 : written.prefix(while: \.isWhitespace).utf8.count)
        self.range = start..<start + text.utf8.count
        self.holdsTemplate = holdsTemplate
    }

    /// All of a text as one part, which may be empty.
    static func whole(_ text: String) -> CommaPart {
        let bytes = Array(text.utf8)
        return CommaPart(bytes, 0..<bytes.count, holdsTemplate: TemplateParser.holdsTemplate(text))
    }

    /// The parts of a text that are not empty; a comma inside a template divides nothing.
    package static func parts(of text: String) -> [CommaPart] {
        let bytes = Array(text.utf8)
        var templates = (TemplateParser.hasMarks(text) ? TemplateParser.templates(in: bytes) : [])[...]
        var parts: [CommaPart] = []
        var start = 0
        var holdsTemplate = false
        func endPart(at end: Int) {
            let part = CommaPart(bytes, start..<end, holdsTemplate: holdsTemplate)
            if !part.range.isEmpty { parts.append(part) }
            start = end + 1
            holdsTemplate = false
        }
        var index = 0
        while index < bytes.count {
            if let template = templates.first, template.lowerBound == index {
                holdsTemplate = true
                index = template.upperBound
                templates.removeFirst()
            } else {
                if bytes[index] == UInt8(ascii: ",") { endPart(at: index) }
                index += 1
            }
        }
        endPart(at: bytes.count)
        return parts
    }
}
