import FlowDocument

/// Finds the silences of a file: in comments of YAML, and under the key `ignore`.
struct SilenceReader {
    private let document: Document

    init(_ document: Document) {
        self.document = document
    }

    /// - Returns: the silences, and what is wrong with what cannot be read as one.
    func read() -> (silences: [Silence], malformed: [Finding]) {
        var (silences, malformed) = document.format == .yaml ? comments() : ([], [])
        guard let ignore = document.root["ignore"], ignore.scalar?.style != .absent else {
            return (silences, malformed)
        }
        guard let items = ignore.list else { return (silences, malformed + [notListed(ignore)]) }
        // What is no key:value pairs, or has no code, is wrong by the flow's own reader.
        for item in items where item["code"] != nil {
            if let wrong = ["code", "node", "reason"].lazy.compactMap({ item[$0] }).first(where: { $0.scalar == nil }) {
                malformed.append(notListed(wrong))
            } else if let silence = listed(item) {
                silences.append(silence)
            }
        }
        return (silences, malformed)
    }

    /// An entry of `ignore`.
    private func listed(_ value: Value) -> Silence? {
        guard let code = value["code"], let id = code.text, !id.isEmpty else { return nil }
        let node = value["node"]
        return Silence(
            scope: .node(node?.text),
            nodeSpan: node?.span,
            codes: [(id, code.span)],
            reason: value["reason"]?.text ?? "",
            span: code.span,
            label: "ignore of \(id)"
        )
    }

    private func notListed(_ value: Value) -> Finding {
        finding(
            "expected a list of {code, node, reason} in \"ignore\", each of them a text, found \(value.kind)",
            at: value.span
        )
    }

    private func finding(_ message: String, at span: Span, help: [String] = []) -> Finding {
        Finding(UnusedSilence.code, message, file: document.file, span: span, help: help)
    }

    // MARK: Comments

    private static let mark = Array("flowd:".utf8)

    private func comments() -> (silences: [Silence], malformed: [Finding]) {
        let marks = document.source.places(of: Self.mark)
        guard !marks.isEmpty else { return ([], []) }
        let source = document.source
        let lines = document.lines
        var silences: [Silence] = []
        var malformed: [Finding] = []
        var covered = CoveredLines(source)
        var (start, end) = (0, -1)
        // The comment of the line, until it is read.
        var unread: Int?
        for mark in marks {
            if mark > end {
                start = source[..<mark].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
                end = source[mark...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count
                unread = comment(in: start..<end)
            }
            guard let hash = unread, hash < mark else { continue }
            unread = nil
            guard let directive = Directive(Array(source[hash..<end])) else { continue }
            func span(_ range: Range<Int>) -> Span {
                Span(lines.position(at: hash + range.lowerBound), lines.position(at: hash + range.upperBound))
            }
            guard let codes = directive.codes else {
                malformed.append(
                    finding(
                        "this comment silences nothing: it is not \"ignore[CODE] reason\"",
                        at: span(directive.range),
                        help: ["write \"# flowd: ignore[FD204] why it is meant\""]
                    )
                )
                continue
            }
            let line = lines.position(at: hash).line
            let isAlone = source[start..<hash].allSatisfy { $0 == 0x20 || $0 == 0x09 }
            silences.append(
                Silence(
                    scope: .line(isAlone ? covered.line(behind: line, endingAt: end) : line),
                    codes: codes.map { ($0.id, span($0.range)) },
                    reason: directive.reason,
                    span: span(directive.range),
                    label: "ignore[\(codes.map(\.id).joined(separator: ", "))]"
                )
            )
        }
        return (silences, malformed)
    }

    /// Where the comment of a line begins, or nil.
    private func comment(in line: Range<Int>) -> Int? {
        let source = document.source
        return line.first { index in
            source[index] == UInt8(ascii: "#")
                && (index == line.lowerBound || source[index - 1] == 0x20 || source[index - 1] == 0x09)
                && !document.isText(at: index)
        }
    }
}

/// What comments that stand alone on their lines cover: the line behind them and the comments that follow them.
private struct CoveredLines {
    private let source: [UInt8]
    /// The line that the last comment covers, which is also what all between them cover.
    private var last = 0

    init(_ source: [UInt8]) {
        self.source = source
    }

    /// - Parameter end: the end of the comment's line. Comments are asked for in the order of the file.
    mutating func line(behind number: Int, endingAt end: Int) -> Int {
        if number < last { return last }
        var next = number + 1
        var index = behindBreak(at: end)
        while index < source.count {
            let first = source[index...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? source.count
            guard first < source.count, source[first] == UInt8(ascii: "#") else { break }
            index = behindBreak(at: source[first...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count)
            next += 1
        }
        last = next
        return next
    }

    private func behindBreak(at end: Int) -> Int {
        let isPair = end + 1 < source.count && source[end] == 0x0D && source[end + 1] == 0x0A
        return end + (isPair ? 2 : 1)
    }
}

extension [UInt8] {
    /// Where a word stands, each time; no two of its bytes may be the same.
    ///
    /// Wherever it stands, one byte of it is at a multiple of its length: no other bytes are looked at.
    fileprivate func places(of word: [UInt8]) -> [Int] {
        let bytes = span
        var offsets: [Int?] = Array<Int?>(repeating: nil, count: 256)
        for (offset, byte) in word.enumerated() { offsets[Int(byte)] = offset }
        var places: [Int] = []
        for index in stride(from: 0, to: count, by: word.count) {
            guard let offset = offsets[Int(bytes[index])], index >= offset, index - offset + word.count <= count else {
                continue
            }
            let place = index - offset
            if self[place..<place + word.count].elementsEqual(word) { places.append(place) }
        }
        return places
    }
}
