/// An arrow's outcomes, one below the other.
struct LabelCard {
    let lines: [Arrow.Label]
    let size: Size

    static let textSize = 12.0
    static let lineHeight = 17.0
    /// Left of the text, for the mood's sign.
    static let signSpace = 22.0
    static let padding = 4.0

    init(_ arrow: Arrow) {
        lines = arrow.labels
        let width = lines.map { TextWidth.of($0.text, size: Self.textSize) }.max() ?? 0
        size = Size(
            ((Self.signSpace + width + 10) / 2).rounded(.up) * 2,
            Double(lines.count) * Self.lineHeight + 2 * Self.padding
        )
    }
}
