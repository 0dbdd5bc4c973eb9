/// A box that only names where an arrow goes on.
struct JumpCard {
    let text: TextLines
    let size: Size

    static let textSize = 12.0

    init(to box: Box) {
        text = TextLines("→ \(box.name)", size: Self.textSize, width: 160, maximum: 1)
        size = Size((text.width / 2).rounded(.up) * 2 + 24, 26)
    }
}
