import FlowDocument

/// A text with SSML's tags: those of the author pass, and values are escaped (voice/concepts/ssml).
///
/// Read once, so that what Plivo gets is well-formed whatever the values are.
struct SSML: Sendable {
    /// Characters of a text that Plivo speaks, tags included.
    static let characters = 3_000

    enum Piece: Sendable {
        /// The author's words.
        case text(String)
        /// A tag, or a part of one in front of or behind a value.
        case markup(String)
        case value(Reference)
        /// A value inside a tag.
        case attributeValue(Reference)
    }

    private let pieces: [Piece]
    /// As the author wrote it, for a picture.
    let written: String

    /// - Returns: nil where the text cannot be read, which is reported.
    init?(_ value: Value, _ references: [Reference], in scope: FlowScope) {
        guard let text = value.text else { return nil }
        written = text
        var reader = SSMLReader(text, references)
        do throws(SSMLReader.Failure) {
            pieces = try reader.read()
        } catch {
            let span = scope.document.span(ofUTF8: error.range, in: value)
            scope.report(.badSpeech, error.message, at: span, help: error.help)
            return nil
        }
        let length = pieces.reduce(0) { $0 + $1.length }
        guard length <= Self.characters else {
            scope.report(.badSpeech, "the SSML has \(length) characters, limit \(Self.characters)", at: value.span)
            return nil
        }
    }

    /// The markup with its values, at most so many characters of it: words and values lose their end, tags stay.
    ///
    /// - Returns: nil, with a note, where nothing would be heard.
    func markup(atMost limit: Int, _ stay: inout Stay) -> String? {
        var room = limit - pieces.reduce(0) { $0 + $1.markupLength }
        var (markup, isHeard, isCut) = ("", false, false)
        for piece in pieces {
            let text: String
            switch piece {
            case .markup(let tag):
                markup += tag
                // A pause, or a sound.
                isHeard = isHeard || tag.hasSuffix("/>")
                continue
            case .text(let words): text = words
            case .value(let reference), .attributeValue(let reference):
                text = stay.text(Template([.reference(reference)]))
            }
            let (escaped, isWhole) = Self.escaped(text, atMost: room)
            room -= escaped.count
            isCut = isCut || !isWhole
            markup += escaped
            if case .attributeValue = piece { continue }
            isHeard = isHeard || !escaped.isBlankInXML
        }
        if isCut { stay.note(.longPrompt, "\(limit)") }
        guard isHeard, markup.count <= limit else {
            stay.note(.emptyPrompt)
            return nil
        }
        return markup
    }

    /// A text as XML's text and attributes have it, cut between characters; what XML 1.0 forbids (section 2.2) is left out.
    private static func escaped(_ text: String, atMost limit: Int) -> (text: String, isWhole: Bool) {
        var (escaped, length) = ("", 0)
        for scalar in text.unicodeScalars {
            let next: String
            switch scalar {
            case "&": next = "&amp;"
            case "<": next = "&lt;"
            case ">": next = "&gt;"
            case "\"": next = "&quot;"
            case "'": next = "&#39;"
            case "\t", "\n", "\r": next = " "
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
            default: next = String(scalar)
            }
            length += next.utf8.count == 1 ? 1 : next.unicodeScalars.count
            guard length <= limit else { return (escaped, false) }
            escaped += next
        }
        return (escaped, true)
    }
}

extension SSML.Piece {
    /// Characters, values aside.
    fileprivate var length: Int {
        switch self {
        case .text(let text), .markup(let text): text.count
        case .value, .attributeValue: 0
        }
    }

    fileprivate var markupLength: Int {
        guard case .markup(let text) = self else { return 0 }
        return text.count
    }
}
