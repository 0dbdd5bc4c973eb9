import FlowDocument

/// Reads `<<Node.path | filter: "argument">>` and `{{…}}` out of a text; `\<<` and `\{{` are literal.
package struct TemplateParser {
    private let scope: FlowScope
    private let value: Value
    private let bytes: [UInt8]
    private var index: Int
    private let end: Int

    /// The longest text with templates, in characters.
    package static let maximumLength = 10_000

    /// Whether a text could hold a template at all.
    package static func hasMarks(_ text: String) -> Bool { text.withBytes(hasMarks) }

    private static func hasMarks(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == previous, byte == UInt8(ascii: "<") || byte == UInt8(ascii: "{") { return true }
            previous = byte
        }
        return false
    }

    /// Whether a template begins somewhere in a text: escaped marks are text.
    static func holdsTemplate(_ text: String) -> Bool { hasMarks(text) && !templates(in: Array(text.utf8)).isEmpty }

    /// The ranges of the templates, marks included; a template that is not closed reaches to the end.
    package static func templates(in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\"), opens(bytes[(index + 1)...]) != nil {
                index += 3
            } else if let mark = opens(bytes[index...]) {
                let end = closing(of: mark, in: bytes[(index + 2)...]).map { $0 + 2 } ?? bytes.count
                found.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return found
    }

    /// Whether a text is as it stands: without marks, and without what was meant as marks.
    private static func isPlain(_ text: String) -> Bool {
        text.withBytes { !hasMarks($0) && !$0.contains(UInt8(ascii: "&")) }
    }

    /// The text of a scalar that holds no template, with `\<<` and `\{{` as what they stand for.
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        return text.replacing("\\<<", with: "<<").replacing("\\{{", with: "{{")
    }

    /// Parses a scalar, or the `part` of it in UTF-8 bytes.
    static func parse(_ value: Value, part: Range<Int>? = nil, in scope: FlowScope) -> Template {
        let text = value.text ?? ""
        let isWhole = part == nil || part == 0..<text.utf8.count
        let isPlain = isPlain(text)
        if isWhole, isPlain { return Template(literal: text) }
        // No text has more characters than bytes, which are counted already.
        guard text.utf8.count <= maximumLength || text.utf8.count <= maximumLength * 4 && text.count <= maximumLength
        else {
            scope.report(.overLimit, "a template has \(text.count) characters, limit \(maximumLength)", at: value.span)
            return Template(literal: "")
        }
        if isPlain, let part {
            return Template(literal: text.withBytes { String(decoding: $0[part], as: UTF8.self) })
        }
        var parser = TemplateParser(scope: scope, value: value, bytes: Array(text.utf8), part: part)
        return parser.template()
    }

    private init(scope: FlowScope, value: Value, bytes: [UInt8], part: Range<Int>?) {
        self.scope = scope
        self.value = value
        self.bytes = bytes
        index = part?.lowerBound ?? 0
        end = part?.upperBound ?? bytes.count
    }

    private mutating func template() -> Template {
        var parts: [Template.Part] = []
        var literal = ""
        while index < end {
            if bytes[index] == UInt8(ascii: "\\"), opens(at: index + 1) != nil {
                index += 1
                literal += take(2)
            } else if let mark = opens(at: index) {
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = ""
                guard let reference = reference(mark) else { return Template(parts) }
                if let found = reference.found { parts.append(.reference(found)) }
            } else if starts(with: "&lt;&lt;", at: index), namesNode(behind: index + 8) {
                report(
                    "\"&lt;&lt;\" is not a template mark",
                    at: index..<index + 8,
                    fixes: [Fix("write \"<<\"", .safe, htmlMarks(from: index))]
                )
                literal += take(8)
            } else {
                let special = bytes[(index + 1)..<end].firstIndex(where: Self.isSpecial) ?? end
                literal += take(special - index)
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        return Template(parts)
    }

    /// Edits that replace HTML's escaped marks by the marks of a template; empty where the closing mark is missing.
    private func htmlMarks(from start: Int) -> [Edit] {
        let close = (start + 8..<end).first { starts(with: "&gt;&gt;", at: $0) }
        guard let close else { return [] }
        let edits = [(start, "<<"), (close, ">>")].compactMap { offset, mark in
            scope.document.edit(ofUTF8: offset..<offset + 8, in: value, to: mark)
        }
        return edits.count == 2 ? edits : []
    }

    /// The next bytes as text; a text is only ever cut at ASCII characters.
    private mutating func take(_ count: Int) -> String {
        index += count
        return String(decoding: bytes[index - count..<index], as: UTF8.self)
    }

    /// Whether a byte may be something else than text.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "&"): true
        default: false
        }
    }

    // MARK: One reference

    private enum Mark {
        case angle, brace

        var opening: String { self == .angle ? "<<" : "{{" }
        var closing: String { self == .angle ? ">>" : "}}" }
    }

    private func opens(at position: Int) -> Mark? { position < end ? Self.opens(bytes[position..<end]) : nil }

    /// The mark that bytes begin with.
    private static func opens(_ bytes: ArraySlice<UInt8>) -> Mark? {
        guard bytes.count > 1, bytes[bytes.startIndex] == bytes[bytes.startIndex + 1] else { return nil }
        switch bytes[bytes.startIndex] {
        case UInt8(ascii: "<"): return .angle
        case UInt8(ascii: "{"): return .brace
        default: return nil
        }
    }

    /// - Returns: nil where the rest of the text cannot be read; a reference, or none where it names nothing.
    private mutating func reference(_ mark: Mark) -> (found: Reference?, Void)? {
        let start = index
        guard let close = Self.closing(of: mark, in: bytes[(index + 2)..<end]) else {
            report(
                "\"\(mark.opening)\" is not closed",
                at: start..<end,
                help: [
                    "close it with \"\(mark.closing)\", or write \"\\\(mark.opening)\" for a literal \"\(mark.opening)\""
                ]
            )
            return nil
        }
        index = close + 2
        let range = start..<index
        let inner = start + 2..<close
        if let nested = inner.dropLast().first(where: { opens(at: $0) != nil }), !isQuoted(nested, in: inner) {
            report("a template cannot stand inside another", at: range)
            return (nil, ())
        }
        var reader = ReferenceReader(bytes: bytes, range: inner)
        do throws(ReferenceReader.Failure) {
            let parsed = try reader.read()
            let resolver = ReferenceResolver(scope: scope, value: value)
            return (resolver.resolve(parsed, range: range), ())
        } catch {
            let fix = error.meant.map { meant in
                Fix(meant: meant, error.range.flatMap { scope.document.edit(ofUTF8: $0, in: value, to: meant) })
            }
            report(error.message, at: error.range ?? range, help: error.help, fixes: fix.map { [$0] } ?? [])
            return (nil, ())
        }
    }

    /// The closing mark, quoted texts aside; nil where there is none.
    private static func closing(of mark: Mark, in bytes: ArraySlice<UInt8>) -> Int? {
        let byte = mark == .angle ? UInt8(ascii: ">") : UInt8(ascii: "}")
        var quote: UInt8?
        var unquoted: Int?
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let current = bytes[position]
            if current == byte, position + 1 < bytes.endIndex, bytes[position + 1] == byte {
                if quote == nil { return position }
                // A quote that is never closed must not swallow the rest of the text.
                if unquoted == nil { unquoted = position }
            }
            if let open = quote {
                if current == open { quote = nil }
            } else if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
                quote = current
            }
            position += 1
        }
        return unquoted
    }

    private func isQuoted(_ position: Int, in range: Range<Int>) -> Bool {
        var quote: UInt8?
        for current in bytes[range.lowerBound..<position] {
            if let open = quote {
                if current == open { quote = nil }
            } else if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
                quote = current
            }
        }
        return quote != nil
    }

    /// Whether a node and a dot follow: elsewhere, as in HTML, escaped marks are meant as marks.
    private func namesNode(behind position: Int) -> Bool {
        guard position < end, let dot = bytes[position..<end].firstIndex(of: UInt8(ascii: ".")) else { return false }
        let name = String(decoding: bytes[position..<dot], as: UTF8.self).trimmed
        return name == "secrets" || name == Variable.prefix || scope.indices[name] != nil
    }

    private func starts(with text: String, at position: Int) -> Bool {
        position + text.utf8.count <= end && bytes[position..<position + text.utf8.count].elementsEqual(text.utf8)
    }

    private func report(_ message: String, at range: Range<Int>, help: [String] = [], fixes: [Fix] = []) {
        let span = scope.document.span(ofUTF8: range, in: value)
        scope.report(.malformedTemplate, message, at: span, help: help, fixes: fixes)
    }
}
