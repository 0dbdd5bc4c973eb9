/// Reads an author's SSML: words, tags, and the values between and in them.
struct SSMLReader {
    struct Failure: Error {
        let message: String
        /// In UTF-8 bytes of the text.
        let range: Range<Int>
        var help: [String] = []
    }

    /// What Plivo passes on to Polly.
    static let tags = ["break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"]

    private let bytes: [UInt8]
    private let references: [Reference]
    private var index = 0
    private var pieces: [SSML.Piece] = []
    /// The tags that are open, with where they stand.
    private var open: [(name: String, range: Range<Int>)] = []

    /// - Parameter references: the values in the text, with their places in it.
    init(_ text: String, _ references: [Reference]) {
        bytes = Array(text.utf8)
        self.references = references
    }

    mutating func read() throws(Failure) -> [SSML.Piece] {
        var start = index
        while index < bytes.count {
            if let reference = reference(at: index) {
                add(text: start..<index)
                pieces.append(.value(reference))
                index = reference.range.upperBound
                start = index
            } else if opensLiteralMark(at: index) {
                index += 3
            } else if bytes[index] == UInt8(ascii: "<") {
                add(text: start..<index)
                try readTag()
                start = index
            } else {
                index += 1
            }
        }
        add(text: start..<index)
        if let last = open.last {
            throw Failure(
                message: "<\(last.name)> is not closed",
                range: last.range,
                help: ["write \"</\(last.name)>\" behind it"]
            )
        }
        return pieces
    }

    private func reference(at place: Int) -> Reference? { references.first { $0.range.lowerBound == place } }

    /// `\<<` and `\{{` are marks that stand for themselves.
    private func opensLiteralMark(at place: Int) -> Bool {
        guard place + 2 < bytes.count, bytes[place] == UInt8(ascii: "\\") else { return false }
        return bytes[place + 1] == bytes[place + 2] && "<{".utf8.contains(bytes[place + 1])
    }

    /// Adds the author's words, with their references to characters read.
    private mutating func add(text range: Range<Int>) {
        guard !range.isEmpty else { return }
        var text = TemplateParser.unescaped(String(decoding: bytes[range], as: UTF8.self))
        for (name, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
            text = text.replacing(name, with: character)
        }
        pieces.append(.text(text))
    }

    // MARK: Tags

    private mutating func readTag() throws(Failure) {
        let start = index
        let isClosing = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "/")
        index += isClosing ? 2 : 1
        let name = readName()
        let range = start..<max(index, start + 1)
        guard Self.tags.contains(name) else {
            throw Failure(
                message: name.isEmpty ? "expected a tag behind \"<\"" : "<\(name)> is no tag that Plivo speaks by",
                range: range,
                help: name.isEmpty
                    ? ["write \"&lt;\" for the character itself"] : ["tags are \(Self.tags.joined(separator: ", "))"]
            )
        }
        if isClosing { return try close(name, from: start) }
        var markup = "<\(name)"
        var attributes: Set<String> = []
        while true {
            let blanks = skipBlanks()
            guard index < bytes.count else {
                throw Failure(message: "\">\" is missing behind \"<\(name)\"", range: range)
            }
            if bytes[index] == UInt8(ascii: ">") {
                open.append((name, range))
                pieces.append(.markup(markup + ">"))
                index += 1
                return
            }
            if bytes[index] == UInt8(ascii: "/"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: ">") {
                pieces.append(.markup(markup + "/>"))
                index += 2
                return
            }
            guard blanks > 0 else { throw Failure(message: "expected a blank behind \"<\(name)\"", range: range) }
            let attribute = try readAttribute(of: name, range, &markup)
            guard attributes.insert(attribute).inserted else {
                throw Failure(message: "<\(name)> has \"\(attribute)\" twice", range: range)
            }
        }
    }

    private mutating func close(_ name: String, from start: Int) throws(Failure) {
        _ = skipBlanks()
        guard index < bytes.count, bytes[index] == UInt8(ascii: ">") else {
            throw Failure(message: "\">\" is missing behind \"</\(name)\"", range: start..<index)
        }
        index += 1
        guard let last = open.popLast() else {
            throw Failure(message: "</\(name)> closes nothing", range: start..<index)
        }
        guard last.name == name else {
            throw Failure(
                message: "</\(name)> stands where <\(last.name)> has to be closed first",
                range: start..<index
            )
        }
        pieces.append(.markup("</\(name)>"))
    }

    /// ` name="value"`, which begins a new piece where a value of a node stands in it.
    ///
    /// - Returns: the attribute's name.
    private mutating func readAttribute(
        of tag: String,
        _ range: Range<Int>,
        _ markup: inout String
    ) throws(Failure) -> String {
        let name = readName()
        guard !name.isEmpty, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "="),
            bytes[index + 1] == UInt8(ascii: "\"") || bytes[index + 1] == UInt8(ascii: "'")
        else {
            throw Failure(message: "expected name=\"value\" in <\(tag)>", range: range)
        }
        let quote = bytes[index + 1]
        index += 2
        markup += " \(name)=\""
        var start = index
        while index < bytes.count, bytes[index] != quote {
            if let reference = reference(at: index) {
                pieces.append(.markup(markup + attribute(start..<index)))
                pieces.append(.attributeValue(reference))
                markup = ""
                index = reference.range.upperBound
                start = index
            } else if bytes[index] == UInt8(ascii: "<") {
                throw Failure(message: "\"<\" stands in an attribute of <\(tag)>", range: index..<index + 1)
            } else {
                index += 1
            }
        }
        guard index < bytes.count else {
            throw Failure(message: "the value of \"\(name)\" in <\(tag)> is not closed", range: range)
        }
        markup += attribute(start..<index) + "\""
        index += 1
        return name
    }

    /// The author's text of an attribute: only characters that begin or end markup have to be written otherwise.
    private func attribute(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
            .replacing("&amp;", with: "&").replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
            .replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }

    private mutating func readName() -> String {
        let start = index
        while index < bytes.count, Self.isNamePart(bytes[index]) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private mutating func skipBlanks() -> Int {
        let start = index
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        return index - start
    }
}
