/// A text cut into lines that fit a width; what does not fit ends in `…`.
struct TextLines: Hashable, Sendable {
    let lines: [String]
    let width: Double
    /// Some of the text is not shown.
    let isCut: Bool

    /// No text at all.
    static let none = TextLines("", size: 1, width: 1, maximum: 1)

    /// - Parameters:
    ///   - width: of a line at most, in the unit of `size`.
    ///   - maximum: lines at most, at least one.
    init(_ text: String, size: Double, isBold: Bool = false, width limit: Double, maximum: Int) {
        func measure(_ text: some StringProtocol) -> Double { TextWidth.of(text, size: size, isBold: isBold) }
        var rest = Array(PlainText.oneLine(text))
        var lines: [String] = []
        var isCut = false
        while !rest.isEmpty {
            if measure(String(rest)) <= limit {
                lines.append(String(rest))
                break
            }
            if lines.count == maximum - 1 {
                let room = limit - measure("…")
                lines.append(String(rest.prefix(Self.fitting(rest, room, measure))).trimmingSpaces + "…")
                isCut = true
                break
            }
            let most = max(1, Self.fitting(rest, limit, measure))
            let end = Self.breakPoint(rest, most)
            lines.append(String(rest[..<end]).trimmingSpaces)
            rest = Array(rest[end...].drop { $0 == " " })
        }
        self.lines = lines
        self.width = lines.map { measure($0) }.max() ?? 0
        self.isCut = isCut
    }

    /// How many characters fit.
    private static func fitting(_ text: [Character], _ limit: Double, _ measure: (String) -> Double) -> Int {
        var width = 0.0
        for (index, character) in text.enumerated() {
            width += measure(String(character))
            if width > limit { return index }
        }
        return text.count
    }

    /// The last good place for a break among the first `most` characters, unless that leaves a line mostly empty.
    private static func breakPoint(_ text: [Character], _ most: Int) -> Int {
        if most < text.count, text[most] == " " { return most }
        for end in stride(from: most, to: most / 2, by: -1) where " /,-_?&=.".contains(text[end - 1]) { return end }
        return most
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
