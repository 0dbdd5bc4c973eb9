import FlowCore

/// An element of an answer, read back from the bytes that Plivo would get.
package struct XMLElement: Hashable, Sendable {
    package struct Attribute: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    package var name: String
    package var attributes: [Attribute] = []
    package var children: [XMLElement] = []
    package var text = ""

    package subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// Reads what ``AnswerXML`` writes: elements, attributes and the predefined and numeric references.
    ///
    /// - Returns: nil for anything that is not well-formed.
    package init?(_ document: [UInt8]) {
        var reader = XMLReader(bytes: document)
        guard let root = reader.element(), reader.isAtEnd else { return nil }
        self = root
    }

    /// The last element of a document whose end Plivo reports: what the call waits in.
    ///
    /// Where there is none, it is a `<Redirect>` at the end: Plivo comes once all that stands before is over.
    var awaited: XMLElement? {
        let element = children.last { child in
            PlayVocabulary.steps.contains { (step: PlayStep) -> Bool in
                guard step.element == child.name else { return false }
                guard case .attribute(let name) = step.address else { return false }
                // One in the background has an action too, whose answer nobody runs.
                return step.movesTurn && child[name] != nil && child["redirect"] != "false"
            }
        }
        return element ?? children.last.flatMap { $0.name == "Redirect" ? $0 : nil }
    }

    init(name: String) {
        self.name = name
    }
}

private struct XMLReader {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func element() -> XMLElement? {
        guard take("<"), let name = name() else { return nil }
        var element = XMLElement(name: name)
        while take(" ") {
            guard let attribute = self.name(), take("=\""), let value = text(until: UInt8(ascii: "\"")), take("\"")
            else {
                return nil
            }
            element.attributes.append(.init(name: attribute, value: value))
        }
        if take("/>") { return element }
        guard take(">") else { return nil }
        while !take("</") {
            if bytes[index...].first == UInt8(ascii: "<") {
                guard let child = self.element() else { return nil }
                element.children.append(child)
            } else {
                guard let text = text(until: UInt8(ascii: "<")) else { return nil }
                element.text += text
            }
        }
        guard take(name), take(">") else { return nil }
        return element
    }

    private mutating func take(_ text: String) -> Bool {
        guard bytes[index...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }

    private mutating func name() -> String? {
        let end = bytes[index...].firstIndex { !(($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A) } ?? bytes.endIndex
        guard end > index else { return nil }
        defer { index = end }
        return String(decoding: bytes[index..<end], as: UTF8.self)
    }

    private mutating func text(until mark: UInt8) -> String? {
        guard let end = bytes[index...].firstIndex(of: mark) else { return nil }
        defer { index = end }
        return Self.unescaped(String(decoding: bytes[index..<end], as: UTF8.self))
    }

    private static func unescaped(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&"), let end = rest[mark...].firstIndex(of: ";") {
            result += rest[..<mark]
            switch rest[rest.index(after: mark)..<end] {
            case "amp": result += "&"
            case "lt": result += "<"
            case "gt": result += ">"
            case "quot": result += "\""
            case "apos": result += "'"
            case let reference:
                let scalar = reference.hasPrefix("#") ? UInt32(reference.dropFirst()).flatMap(Unicode.Scalar.init) : nil
                result += scalar.map(String.init) ?? String(rest[mark...end])
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
