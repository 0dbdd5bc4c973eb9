import FlowCore

/// A node and one of its values in a text, without the marks that would read it: `${Start.call.from}`.
struct UnmarkedReference {
    /// The name of node and value: `Start.call.from`.
    let text: String
    /// With the marks of other tools around it, in UTF-8 bytes of the whole text.
    let range: Range<Int>
    /// Whether it is all of the text, up to the mark that ends a template.
    let isHalfMarked: Bool
}

/// Looks for unmarked references in the texts of one flow.
struct UnmarkedReferenceSearch {
    private struct Node {
        let name: [UInt8]
        let description: NodeDescription
    }

    /// Nodes by the last word of their names.
    private let nodes: [String: [Node]]
    /// The last letters of their names: most dots in a text stand behind none of them.
    private let lastLetters: Set<UInt8>

    init(_ flow: Flow) {
        let all = flow.nodes.map { Node(name: Array($0.name.utf8), description: $0.description) }
        nodes = Dictionary(grouping: all.filter { !$0.name.isEmpty }) {
            Self.lastWord(of: $0.name, before: $0.name.count)
        }
        lastLetters = Set(all.compactMap(\.name.last))
    }

    private static func lastWord(of bytes: [UInt8], before end: Int) -> String {
        var start = end
        while start > 0, bytes[start - 1].isOfName { start -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// - Parameter reader: the node that the text is in, whose own values it cannot read.
    func first(in text: String, of reader: String) -> UnmarkedReference? {
        let dots = text.withBytes { bytes in
            bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") && $0 > 0 && lastLetters.contains(bytes[$0 - 1]) }
        }
        guard !dots.isEmpty else { return nil }
        let bytes = Array(text.utf8)
        let templates = TemplateParser.hasMarks(text) ? TemplateParser.templates(in: bytes) : []
        return dots.lazy.filter { dot in !templates.holds(dot) }
            .compactMap { reference(at: $0, in: bytes, of: reader) }.first
    }

    private func reference(at dot: Int, in bytes: [UInt8], of reader: String) -> UnmarkedReference? {
        for node in nodes[Self.lastWord(of: bytes, before: dot)] ?? [] where !node.name.elementsEqual(reader.utf8) {
            let start = dot - node.name.count
            guard start >= 0, bytes[start..<dot].elementsEqual(node.name), start == 0 || !bytes[start - 1].isOfName,
                let length = node.description.lengthOfValue(in: bytes[(dot + 1)...])
            else { continue }
            let name = start..<dot + 1 + length
            guard let marks = Marks(around: name, in: bytes) else { continue }
            return UnmarkedReference(
                text: String(decoding: bytes[name], as: UTF8.self),
                range: marks.range,
                isHalfMarked: marks.isHalfMarked
            )
        }
        return nil
    }
}

/// What stands around a name that other tools, or a hasty author, would take for a template.
private struct Marks {
    let range: Range<Int>
    let isHalfMarked: Bool

    /// Nil where the name may be meant as a text: in a sentence, or behind marks that are escaped.
    init?(around name: Range<Int>, in bytes: [UInt8]) {
        var (start, end) = (name.lowerBound, name.upperBound)
        while start > 0, bytes[start - 1] == 0x20 { start -= 1 }
        while end < bytes.count, bytes[end] == 0x20 { end += 1 }
        let isWhole = start == 0 && end == bytes.count
        let before = bytes[..<start]
        if ["<<", "{{"].contains(where: { before.suffix(2).elementsEqual($0.utf8) }) { return nil }
        let behind = bytes[end...]
        let closing = [">>", "}}", "%>", "%}", "]]", ">", "}", "%"].first { behind.starts(with: $0.utf8) }
        let opening = ["${", "#{", "%{", "<%=", "{%", "[[", "<", "{", "%", "@", "$"].first {
            before.suffix($0.utf8.count).elementsEqual($0.utf8)
        }
        let hasClosing = closing == ">>" || closing == "}}"
        isHalfMarked = hasClosing && start == 0 && end + 2 == bytes.count
        let isParameter = before.last == UInt8(ascii: "=") && (behind.isEmpty || behind.first == UInt8(ascii: "&"))
        let isVariable =
            (opening == "@" || opening == "$") && start == name.lowerBound
            && before.dropLast().last?.isOfName != true
        guard isWhole || hasClosing || isParameter || isVariable || closing != nil && opening != nil else {
            return nil
        }
        let isMarked = isVariable || closing != nil
        let first = isMarked ? start - (opening?.utf8.count ?? 0) : name.lowerBound
        range = first..<(isMarked ? end + (closing?.utf8.count ?? 0) : name.upperBound)
    }
}

extension NodeDescription {
    /// The bytes that the longest name of a value takes at the beginning of a text, with what is below it.
    fileprivate func lengthOfValue(in text: ArraySlice<UInt8>) -> Int? {
        var longest: Int?
        for value in values {
            for name in [value.name] + value.aliases where text.starts(with: name.utf8) {
                var length = name.utf8.count
                if value.isOpen, text.dropFirst(length).first == UInt8(ascii: ".") {
                    length += text.dropFirst(length).prefix { $0.isOfName || $0 == UInt8(ascii: ".") }.count
                }
                let next = text.dropFirst(length).prefix(2)
                let goesOn = next.first == UInt8(ascii: ".") ? next.last?.isOfName : next.first?.isOfName
                if goesOn != true { longest = max(longest ?? 0, length) }
            }
        }
        return longest
    }
}

extension UInt8 {
    /// Whether it may stand in the name of a node or a value.
    fileprivate var isOfName: Bool {
        (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
            || self >= 0x80
    }
}
