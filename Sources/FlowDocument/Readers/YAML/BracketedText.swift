/// Looks whether a list or mapping in brackets is a text that lacks its quotes: `{name}`, `[INFO] call`.
///
/// What could be meant as a list or mapping is none: what goes over several lines, pairs, and brackets with nothing behind.
struct BracketedText {
    private let templates: YAMLTemplates
    private let start: Int
    /// The place behind the closing bracket.
    private var end: Int
    private var hasColon = false
    private var hasContent = false

    /// - Parameter start: the place of the opening bracket.
    /// - Returns: nil where it is not closed on its line.
    init?(at start: Int, in source: [UInt8]) {
        templates = YAMLTemplates(source, lineOf: start)
        self.start = start
        end = start
        guard findEnd() else { return nil }
    }

    private var source: [UInt8] { templates.source }

    /// Whether it is a text.
    ///
    /// - Parameter isBehindKey: whether a key is before it on its line, so that it is none itself.
    func isText(isBehindKey: Bool) -> Bool {
        let isMapping = source[start] == UInt8(ascii: "{")
        var next = end
        while !templates.isEnd(next), source[next].isBlank { next += 1 }
        if templates.isEnd(next) || source[next] == UInt8(ascii: "#") {
            return isMapping && hasContent && !hasColon
        }
        if isMapping, hasColon { return false }
        switch source[next] {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): return false
        case UInt8(ascii: ":"): return isBehindKey || !templates.isSeparator(next + 1)
        default: return true
        }
    }

    private mutating func findEnd() -> Bool {
        var depth = 0
        var previous: UInt8 = 0
        var hasOpenTemplate = false
        while !templates.isEnd(end) {
            if !hasOpenTemplate, templates.opens(at: end) {
                hasContent = true
                guard let behind = templates.end(at: end) else {
                    hasOpenTemplate = true
                    continue
                }
                end = behind
                previous = source[behind - 1]
                continue
            }
            let byte = source[end]
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 {
                    end += 1
                    return true
                }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                hasContent = true
                if "[{,:".utf8.contains(previous), !skipQuoted() { return false }
            case UInt8(ascii: "#") where source[end - 1].isBlank: return false
            case UInt8(ascii: ":"): hasColon = true
            // What follows is a key, with a colon or without.
            case UInt8(ascii: "?") where templates.isSeparator(end + 1): hasColon = true
            case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\t"): break
            default: hasContent = true
            }
            if !byte.isBlank { previous = byte }
            end += 1
        }
        return false
    }

    /// Goes to the quote that ends a text.
    private mutating func skipQuoted() -> Bool {
        let quote = source[end]
        end += 1
        while !templates.isEnd(end) {
            let isEscape =
                quote == UInt8(ascii: "'")
                ? source[end] == quote && source.at(end + 1) == quote : source[end] == UInt8(ascii: "\\")
            if source[end] == quote, !isEscape { return true }
            end += isEscape ? 2 : 1
        }
        return false
    }
}
