import FlowDocument

/// Finds the silences of a file: in comments of YAML, and under the key `ignore`.
struct SilenceReader {
    private let document: Document

    init(_ document: Document) {
        self.document = document
    }

    func read() -> (silences: [Silence], malformed: [Span]) {
        var (silences, malformed) = document.format == .yaml ? comments() : ([], [])
        silences += (document.root["ignore"]?.list ?? []).compactMap(listed)
        return (silences, malformed)
    }

    /// An entry of `ignore`.
    private func listed(_ value: Value) -> Silence? {
        guard let code = value["code"], let id = code.text, !id.isEmpty else { return nil }
        return Silence(
            scope: .node(value["node"]?.text),
            codes: [(id, code.span)],
            reason: value["reason"]?.text ?? "",
            span: code.span,
            label: "ignore of \(id)"
        )
    }

    // MARK: Comments

    private static let mark = Array("flowd:".utf8)

    private func comments() -> (silences: [Silence], malformed: [Span]) {
        let marks = document.source.places(of: Self.mark)
        guard !marks.isEmpty else { return ([], []) }
        let source = document.source
        let lines = document.lines
        let texts = TextRanges(document)
        var silences: [Silence] = []
        var malformed: [Span] = []
        var covered = CoveredLines(source)
        var (start, end) = (0, -1)
        // The comment of the line, until it is read.
        var unread: Int?
        for mark in marks {
            if mark > end {
                start = source[..<mark].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
                end = source[mark...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count
                unread = comment(in: start..<end, texts)
            }
            guard let hash = unread, hash < mark else { continue }
            unread = nil
            guard let directive = Directive(Array(source[hash..<end])) else { continue }
            func span(_ range: Range<Int>) -> Span {
                Span(lines.position(at: hash + range.lowerBound), lines.position(at: hash + range.upperBound))
            }
            guard let codes = directive.codes else {
                malformed.append(span(directive.range))
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
    private func comment(in line: Range<Int>, _ texts: TextRanges) -> Int? {
        let source = document.source
        return line.first { index in
            source[index] == UInt8(ascii: "#")
                && (index == line.lowerBound || source[index - 1] == 0x20 || source[index - 1] == 0x09)
                && !texts.contains(index)
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

/// Where a `#` begins no comment: in quoted texts and in those of several lines.
private struct TextRanges {
    /// Sorted, with none inside another.
    private var ranges: [Range<Int>] = []

    init(_ document: Document) {
        var found: [Range<Int>] = []
        var open = [document.root]
        while let value = open.popLast() {
            switch value.content {
            case .scalar(let scalar):
                let isBlock = scalar.style == .literal || scalar.style == .folded
                // What stands behind `|` on its own line may be a comment.
                let first = isBlock ? document.source.afterLine(of: value.span.start.offset) : value.span.start.offset
                if scalar.style != .absent, first < value.span.end.offset {
                    found.append(first..<value.span.end.offset)
                }
            case .list(let items): open += items
            case .mapping(let entries):
                open += entries.map(\.value)
                found += entries.map {
                    $0.key.span.start.offset..<max($0.key.span.start.offset, $0.key.span.end.offset)
                }
            }
        }
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = ranges.last, range.upperBound <= last.upperBound { continue }
            ranges.append(range)
        }
    }

    func contains(_ index: Int) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound > index { high = middle } else { low = middle + 1 }
        }
        return low < ranges.count && ranges[low].contains(index)
    }
}

extension [UInt8] {
    /// The first byte of the next line.
    fileprivate func afterLine(of offset: Int) -> Int {
        self[offset...].firstIndex { $0 == 0x0A }.map { $0 + 1 } ?? count
    }

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
