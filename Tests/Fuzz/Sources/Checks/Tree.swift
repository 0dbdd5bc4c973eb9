import FlowCore
import FlowDocument

/// Looks at a tree: every place is one, children lie in their parents and in order, keys are there once.
///
/// - Parameter isClean: whether the tree is that of the file, and not of one in which mistakes were mended.
func checkTree(_ document: Document, isClean: Bool, _ places: Places) {
    var scalars = 0
    var open = [(value: document.root, depth: 1)]
    while let (value, depth) = open.popLast() {
        places.check(value.span, value.kind)
        switch value.content {
        case .scalar(let scalar):
            let isJSON = scalar.style == .json
            expect(
                document.format == .json ? isJSON || [.plain, .absent].contains(scalar.style) : !isJSON,
                "a style of \(document.format): \(scalar.style)"
            )
            expect(scalar.style != .absent || scalar.text.isEmpty, "what is absent has no text")
            scalars += 1
            // Each one reads its scalar anew.
            if isClean, scalars <= 32 { checkParts(of: value, scalar, document, places) }
        case .list(let items):
            expect(depth <= Limits().depth, "depth \(depth)")
            checkOrder(items.map(\.span), in: value)
            open += items.map { ($0, depth + 1) }
        case .mapping(let entries):
            expect(depth <= Limits().depth, "depth \(depth)")
            for entry in entries { places.check(entry.key.span, "key \(entry.key.text)") }
            checkOrder(entries.flatMap { [$0.key.span, $0.value.span] }, in: value)
            expect(Set(entries.map(\.key.text)).count == entries.count, "keys are there once")
            open += entries.map { ($0.value, depth + 1) }
        }
    }
}

private func checkOrder(_ spans: [Span], in parent: Value) {
    var last = parent.span.start.offset
    for span in spans {
        expect(parent.span.contains(span), "\(span) lies in \(parent.span)")
        expect(last <= span.start.offset, "\(span) begins behind what is before it")
        last = span.end.offset
    }
}

/// Looks whether parts of a scalar are found in the file.
private func checkParts(of value: Value, _ scalar: Scalar, _ document: Document, _ places: Places) {
    let characters = Array(scalar.text.unicodeScalars)
    guard !characters.isEmpty else { return }
    for part in 0..<8 {
        let first = characters.count * part / 8
        let length = min(characters.count - first, 1 + part % 3)
        let before = utf8Count(characters[..<first])
        let range = before..<before + utf8Count(characters[first..<first + length])
        let words = String(String.UnicodeScalarView(characters[first..<first + length]))
        checkPart(range, words, of: value, scalar, document, places)
    }
}

/// Looks whether the stretch of the file that stands for `words` says just that.
func checkPart(
    _ range: Range<Int>,
    _ words: String,
    of value: Value,
    _ scalar: Scalar,
    _ document: Document,
    _ places: Places
) {
    let span = document.span(ofUTF8: range, in: value)
    places.check(span, "part \(range) of \(value.span)")
    let isBlock = scalar.style == .literal || scalar.style == .folded
    expect(value.span.contains(span) || isBlock, "\(span) is a part of \(value.span)")
    let written = places.text(span)
    guard value.span.start.line == value.span.end.line, let meaning = meaning(of: written, scalar.style) else { return }
    expect(meaning.utf8.elementsEqual(words.utf8), "\"\(written)\" at \(span) says \"\(words)\"")
}

/// What a stretch of a scalar on one line says; nil where that takes more than a glance.
private func meaning(of written: String, _ style: Scalar.Style) -> String? {
    switch style {
    case .plain: written
    // A quote alone is half of one.
    case .singleQuoted:
        written.replacing("''", with: "").contains("'") ? "half a quote" : written.replacing("''", with: "'")
    case .doubleQuoted: written.utf8.contains(UInt8(ascii: "\\")) ? nil : written
    case .json: (try? JSONReader.read(Array("\"\(written)\"".utf8)))?.text
    case .literal, .folded, .absent: nil
    }
}

private func utf8Count(_ characters: ArraySlice<Unicode.Scalar>) -> Int {
    characters.reduce(0) { $0 + UTF8.width($1) }
}

/// What a tree says, places and styles aside.
indirect enum Shape: Equatable {
    case text([UInt8])
    case absent
    case list([Shape])
    case mapping([[UInt8]], [Shape])

    /// - Parameter nullText: whether `null` is the word, as YAML has it here.
    init(_ value: Value, nullText: Bool = false) {
        switch value.content {
        case .scalar(let scalar) where scalar.style == .absent: self = nullText ? .text(Array("null".utf8)) : .absent
        case .scalar(let scalar): self = .text(Array(scalar.text.utf8))
        case .list(let items): self = .list(items.map { Shape($0, nullText: nullText) })
        case .mapping(let entries):
            self = .mapping(
                entries.map { Array($0.key.text.utf8) },
                entries.map { Shape($0.value, nullText: nullText) }
            )
        }
    }
}

extension Value {
    /// The tree as JSON, all of it texts.
    func writeJSON(to text: inout String) {
        switch content {
        case .scalar(let scalar):
            if scalar.style == .absent { text += "null" } else { JSONText.append(scalar.text, to: &text) }
        case .list(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += ", " }
                item.writeJSON(to: &text)
            }
            text += "]"
        case .mapping(let entries):
            text += "{"
            for (index, entry) in entries.enumerated() {
                if index > 0 { text += ", " }
                JSONText.append(entry.key.text, to: &text)
                text += ": "
                entry.value.writeJSON(to: &text)
            }
            text += "}"
        }
    }
}
