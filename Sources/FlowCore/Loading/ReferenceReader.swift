import FlowDocument

/// Reads what stands between the marks: a node's name, a path, filters.
struct ReferenceReader {
    /// A reference before its node and its value are looked up.
    struct Parsed {
        var node: String
        var nodeRange: Range<Int>
        var path: [Reference.Step]
        var pathRange: Range<Int>
        var filters: [Filter]
        var text: String
    }

    struct Failure: Error {
        var message: String
        var range: Range<Int>?
        var help: [String] = []
        /// A name that was probably meant in place of what stands at the range.
        var meant: String?
    }

    let bytes: [UInt8]
    let range: Range<Int>
    private var index: Int

    init(bytes: [UInt8], range: Range<Int>) {
        self.bytes = bytes
        self.range = range
        index = range.lowerBound
    }

    mutating func read() throws(Failure) -> Parsed {
        skipBlanks()
        let start = index
        let node = name(allowsBlanks: true)
        guard !node.isEmpty else {
            throw Failure(message: "a template names a node and a value, such as \"<<Start.call.from>>\"")
        }
        let nodeRange = start..<start + node.utf8.count
        var path: [Reference.Step] = []
        // As many as most have.
        path.reserveCapacity(2)
        let pathStart = index
        var pathEnd = index
        while index < range.upperBound {
            if current == UInt8(ascii: ".") {
                index += 1
                let key = name(allowsBlanks: false)
                guard !key.isEmpty else {
                    throw Failure(message: "a name is missing behind \".\"", range: index - 1..<index)
                }
                path.append(.key(key))
            } else if current == UInt8(ascii: "[") {
                path.append(try subscriptStep())
            } else {
                break
            }
            pathEnd = index
        }
        let text = String(decoding: bytes[start..<pathEnd], as: UTF8.self)
        skipBlanks()
        var filters: [Filter] = []
        while index < range.upperBound {
            guard current == UInt8(ascii: "|") else { throw unexpected() }
            index += 1
            filters.append(try filter())
            skipBlanks()
        }
        return Parsed(
            node: node,
            nodeRange: nodeRange,
            path: path,
            pathRange: pathStart..<pathEnd,
            filters: filters,
            text: text
        )
    }

    // MARK: Parts

    /// `[0]`, or `["a name"]`.
    private mutating func subscriptStep() throws(Failure) -> Reference.Step {
        let start = index
        index += 1
        let step: Reference.Step
        if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
            step = .key(try quoted())
        } else {
            let digits = take { (0x30...0x39).contains($0) }
            guard let number = Int(digits) else {
                throw Failure(
                    message: "a number is missing in \"[ ]\"",
                    range: start..<min(index + 1, range.upperBound)
                )
            }
            step = .index(number)
        }
        guard current == UInt8(ascii: "]") else {
            throw Failure(message: "\"[\" is not closed by \"]\"", range: start..<index)
        }
        index += 1
        return step
    }

    private mutating func filter() throws(Failure) -> Filter {
        skipBlanks()
        let start = index
        let name = name(allowsBlanks: false)
        let nameRange = start..<index
        guard !name.isEmpty else { throw Failure(message: "a filter's name is missing behind \"|\"") }
        guard let kind = Filter.Kind(rawValue: name) else {
            let names = Filter.Kind.allCases.map(\.rawValue)
            throw Failure(
                message: "\"\(name)\" is not a filter. filters are \(names.joined(separator: ", "))",
                range: nameRange,
                meant: nearMiss(name, among: names)
            )
        }
        skipBlanks()
        var arguments: [String] = []
        if current == UInt8(ascii: ":") {
            repeat {
                index += 1
                skipBlanks()
                let argumentStart = index
                let argument = try argument(of: name)
                if kind == .slice || kind == .truncate && arguments.isEmpty, Int(argument) == nil {
                    throw Failure(
                        message: "expected a whole number behind \"\(name)\", found \"\(argument)\"",
                        range: argumentStart..<index
                    )
                }
                arguments.append(argument)
                skipBlanks()
            } while current == UInt8(ascii: ",")
        }
        guard kind.arguments.contains(arguments.count) else {
            let wanted = kind.arguments
            let count =
                wanted.lowerBound == wanted.upperBound
                ? "\(wanted.lowerBound)" : "\(wanted.lowerBound) or \(wanted.upperBound)"
            throw Failure(
                message:
                    "\"\(name)\" takes \(count) argument\(wanted == 1...1 ? "" : "s"), and there \(arguments.count == 1 ? "is" : "are") \(arguments.count)",
                range: start..<index,
                help: wanted.lowerBound == 1 ? ["write '| \(name): \(kind == .slice ? "0, 4" : "\"…\"")'"] : []
            )
        }
        return Filter(kind, arguments)
    }

    private mutating func argument(of filter: String) throws(Failure) -> String {
        if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") { return try quoted() }
        let start = index
        let number = take { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        guard !number.isEmpty else {
            let word = take { $0 != UInt8(ascii: "|") && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: " ") }
            throw Failure(
                message:
                    "expected a text in quotes or a number behind \"\(filter)\"\(word.isEmpty ? "" : ", found \"\(word)\"")",
                range: start..<max(index, start + 1),
                help: word.contains(".") || word.contains("<")
                    ? ["a value cannot stand there, only a text that is always the same"]
                    : word.isEmpty ? [] : ["write \"\(word)\" in quotes"]
            )
        }
        return number
    }

    private mutating func quoted() throws(Failure) -> String {
        let quote = current
        let start = index
        index += 1
        let text = take { $0 != quote }
        guard index < range.upperBound else {
            throw Failure(message: "a quote is not closed", range: start..<range.upperBound)
        }
        index += 1
        return text
    }

    // MARK: Characters

    private var current: UInt8? { index < range.upperBound ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
    }

    private mutating func take(_ holds: (UInt8) -> Bool) -> String {
        let start = index
        skip(holds)
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func skip(_ holds: (UInt8) -> Bool) {
        while let byte = current, holds(byte) { index += 1 }
    }

    /// Letters, digits, `_`, `-`; a node's name may have blanks inside.
    private mutating func name(allowsBlanks: Bool) -> String {
        let start = index
        skip { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
                UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
                true
            case UInt8(ascii: " "): allowsBlanks
            default: false
            }
        }
        while index > start, bytes[index - 1] == 0x20 { index -= 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private func unexpected() -> Failure {
        let rest = String(decoding: bytes[index..<range.upperBound], as: UTF8.self)
        return Failure(
            message: "\"\(rest.prefix(20))\" was not expected here",
            range: index..<range.upperBound,
            help: ["a template is \"<<Node.value>>\" or '<<Node.value | filter: \"argument\">>'"]
        )
    }
}
