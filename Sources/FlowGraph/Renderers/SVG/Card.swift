/// A box with its texts cut to size: what is written where.
struct Card {
    let box: Box
    let size: Size
    /// Type and notes.
    let caption: String
    let name: TextLines
    let headline: TextLines
    let details: TextLines
    let badge: Badge?

    static let nameSize = 15.0
    static let nameLine = 19.0
    static let headlineSize = 12.5
    static let headlineLine = 17.0
    static let captionSize = 11.5
    static let captionLine = 16.0
    /// Around the text.
    static let padding = 13.0
    /// Left of the text, for the icon.
    static let iconSpace = 40.0

    private static let nameWidth = 256.0
    private static let headlineWidth = 312.0
    private static let leastWidth = 156.0

    init(_ box: Box) {
        self.box = box
        switch box.kind {
        case .end:
            name = TextLines(box.name, size: Self.captionSize, width: 60, maximum: 1)
            (headline, details) = (.none, .none)
            (caption, badge) = ("", nil)
            size = Size(44, 22)
        case .missing:
            name = TextLines(box.name, size: Self.headlineSize, isBold: true, width: 180, maximum: 1)
            (headline, details) = (.none, .none)
            (caption, badge) = (box.type, nil)
            let width = max(name.width, TextWidth.of(caption, size: Self.captionSize))
            size = Size((width + 28).rounded(.up), 44)
        default:
            name = TextLines(box.name, size: Self.nameSize, isBold: true, width: Self.nameWidth, maximum: 2)
            headline = TextLines(box.headline, size: Self.headlineSize, width: Self.headlineWidth, maximum: 2)
            details = TextLines(
                box.detailText,
                size: Self.headlineSize,
                width: Self.headlineWidth,
                maximum: 2
            )
            caption = ([PlainText.oneLine(box.type)] + box.notes).joined(separator: " · ")
            badge = Badge(box.marks)
            let captionWidth = TextWidth.of(caption, size: Self.captionSize) + (badge.map { $0.width + 12 } ?? 0)
            let text = max(name.width, headline.width, details.width, captionWidth, Self.leastWidth - Self.iconSpace)
            let quiet = headline.lines.count + details.lines.count
            let lines = Double(name.lines.count) * Self.nameLine + Double(quiet) * Self.headlineLine
            size = Size(
                // Even, so that its middle is on a whole pixel.
                ((Self.iconSpace + text + 2 * Self.padding) / 2).rounded(.up) * 2,
                (Self.captionLine + lines + 2 * Self.padding - 2).rounded(.up)
            )
        }
    }

    /// All that is known of the box, for a pointer that rests on it.
    var tip: String {
        var lines = [([box.type] + box.notes).filter { !$0.isEmpty }.joined(separator: " · "), box.name]
        lines += [box.headline, box.detailText]
        lines += box.marks.map(\.text)
        return lines.map(PlainText.oneLine).filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
