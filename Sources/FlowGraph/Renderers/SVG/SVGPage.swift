import FlowCore
import FlowDocument

/// The parts of a picture on a page: a head with the flow's name, and the drawing.
struct SVGPage {
    private let picture: Picture
    private let cards: [Card]
    private let labels: [LabelCard]
    private let layout: Layout
    private let summary: TextLines
    private let marks: [TextLines]
    private let size: Size
    /// Where the drawing begins.
    private let corner: Point
    private var svg = SVGText()

    private static let margin = 28.0
    private static let headWidth = 420.0

    init(_ picture: Picture) {
        self.picture = picture
        cards = picture.boxes.map(Card.init)
        labels = picture.arrows.map(LabelCard.init)
        layout = Layout(
            Sketch(
                boxes: cards.map(\.size),
                lines: zip(picture.arrows, labels).map { arrow, label in
                    Sketch.Line(
                        from: arrow.from,
                        to: arrow.to,
                        label: label.size,
                        jump: JumpCard(to: picture.boxes[arrow.to]).size,
                        bundle: arrow.isEvent ? 6 : arrow.tone.rank * 2 + (arrow.isLeftOut ? 1 : 0)
                    )
                },
                start: picture.start
            )
        )
        let textWidth = max(Self.headWidth, min(layout.size.width, 720))
        summary = TextLines(picture.summary, size: 13.5, width: textWidth, maximum: 3)
        marks = picture.marks.prefix(5).map { TextLines($0.text, size: 12.5, width: textWidth - 70, maximum: 2) }
        let title = TextWidth.of(picture.title, size: 19, isBold: true)
        let head = max(title, summary.width, marks.map { $0.width + 70 }.max() ?? 0)
        let width = max(head, layout.size.width)
        let marksHeight = marks.reduce(0) { $0 + Double($1.lines.count) * 17 + 6 }
        let headHeight = 24 + Double(summary.lines.count) * 19 + marksHeight
        corner = Point(Self.margin + ((width - layout.size.width) / 2).rounded(), Self.margin + headHeight + 20)
        size = Size(width + 2 * Self.margin, corner.y + layout.size.height + Self.margin)
    }

    mutating func written() -> String {
        let (width, height) = (SVGText.number(size.width.rounded(.up)), SVGText.number(size.height.rounded(.up)))
        svg.add(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
                + "viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-labelledby=\"title\">"
        )
        let title = PlainText.oneLine(picture.title)
        svg.add("<title id=\"title\">\(SVGText.escaped(title))</title>")
        svg.add("<style>\n\(SVGPalette.styleSheet(hasEvents: picture.arrows.contains(where: \.isEvent)))\n</style>")
        svg.rect(
            Rect(x: 0.5, y: 0.5, Size(size.width.rounded(.up) - 1, size.height.rounded(.up) - 1)),
            radius: 12,
            class: "paper"
        )
        drawHead(title)
        svg.add("<g transform=\"translate(\(SVGText.number(corner.x)) \(SVGText.number(corner.y)))\">")
        drawLines()
        for index in picture.arrows.indices { drawLabel(index) }
        for index in picture.boxes.indices { drawBox(index) }
        svg.add("</g>")
        svg.add("</svg>")
        return svg.text
    }

    private mutating func drawHead(_ title: String) {
        var y = Self.margin + 16
        svg.write(title, x: Self.margin, y: y, class: "title")
        y += 5
        for line in summary.lines {
            y += 19
            svg.write(line, x: Self.margin, y: y, class: "summary")
        }
        for (mark, lines) in zip(picture.marks, marks) {
            guard let badge = Badge([mark]) else { continue }
            y += 6
            draw(badge, tip: mark.text, at: Point(Self.margin, y + 4))
            for line in lines.lines {
                y += 17
                svg.write(line, x: Self.margin + badge.width + 10, y: y, class: "quiet")
            }
        }
    }

    // MARK: Arrows

    /// All lines lie under all labels and boxes; good ones over the others.
    private mutating func drawLines() {
        let order = picture.arrows.indices.sorted { left, right in
            let (a, b) = (picture.arrows[left].tone.rank, picture.arrows[right].tone.rank)
            return a == b ? left < right : a > b
        }
        var heads: Set<Point> = []
        for index in order {
            let arrow = picture.arrows[index]
            let kind = arrow.tone.name + (arrow.isEvent ? " event" : arrow.isLeftOut ? " left-out" : "")
            var steps = SVGText.path(layout.routes[index])
            // The line ends inside the head, whose tip touches the box.
            guard let end = layout.routes[index].end else { continue }
            let tip = "L\(SVGText.number(end.x)) \(SVGText.number(end.y))"
            if steps.hasSuffix(tip) {
                steps.removeLast(tip.count)
                steps += "L\(SVGText.number(end.x)) \(SVGText.number(end.y - 5))"
            }
            svg.add("<path class=\"line \(kind)\" d=\"\(steps)\"/>")
            if heads.insert(end).inserted {
                let (x, y) = (SVGText.number(end.x), SVGText.number(end.y - 0.5))
                svg.add("<path class=\"head \(arrow.tone.name)\" d=\"M\(x) \(y)l-4.5 -8.5h9z\"/>")
            }
        }
    }

    private mutating func drawLabel(_ index: Int) {
        let frame = layout.labels[index]
        let target = picture.boxes[picture.arrows[index].to]
        svg.add("<g class=\"label\">")
        if picture.arrows[index].isEvent { svg.add("<title>begins a run of its own, beside the call</title>") }
        let leftOut = labels[index].lines.filter(\.isLeftOut).map(\.text)
        if !leftOut.isEmpty {
            let names = SVGText.escaped(leftOut.joined(separator: ", "))
            svg.add("<title>left out, so the run ends here: \(names)</title>")
        }
        svg.rect(frame, radius: min(11, frame.size.height / 2), class: "chip")
        for (row, label) in labels[index].lines.enumerated() {
            let y = frame.y + LabelCard.padding + (Double(row) + 0.5) * LabelCard.lineHeight
            let sign = "translate(\(SVGText.number(frame.x + 12)) \(SVGText.number(y)))"
            svg.add(
                "<path class=\"sign \(label.tone.name)\" transform=\"\(sign)\" d=\"\(SVGIcon.sign(label.tone.sign))\"/>"
            )
            svg.write(label.text, x: frame.x + LabelCard.signSpace, y: y + 4, class: label.tone.name)
        }
        svg.add("</g>")
        guard let jump = layout.jumps[index] else { return }
        let card = JumpCard(to: target)
        svg.add("<a class=\"jump\" href=\"#box\(picture.arrows[index].to)\">")
        svg.add("<title>goes on at \(SVGText.escaped(PlainText.oneLine(target.name)))</title>")
        svg.rect(jump, radius: 13, class: "card")
        let middle = jump.middle
        svg.write(card.text.lines.joined(), x: middle.x, y: middle.y + 4, anchor: "middle")
        svg.add("</a>")
    }

    // MARK: Boxes

    private mutating func drawBox(_ index: Int) {
        let card = cards[index]
        let frame = layout.boxes[index]
        let kind = card.box.kind == .missing ? "none" : card.box.kind.rawValue
        svg.add("<g class=\"\(kind)\" id=\"box\(index)\">")
        svg.add("<title>\(SVGText.escaped(card.tip))</title>")
        switch card.box.kind {
        case .end:
            svg.rect(frame, radius: 11, class: "card")
            svg.write(card.box.name, x: frame.middle.x, y: frame.middle.y + 4)
        case .missing:
            svg.rect(frame, radius: 9, class: "card")
            svg.write(card.name.lines.joined(), x: frame.middle.x, y: frame.y + 19, class: "name", anchor: "middle")
            svg.write(card.caption, x: frame.middle.x, y: frame.y + 35, class: "type", anchor: "middle")
        default: drawCard(card, frame)
        }
        svg.add("</g>")
    }

    private mutating func drawCard(_ card: Card, _ frame: Rect) {
        svg.rect(frame, radius: 9, class: "card")
        let icon = Point(frame.x + Card.padding + 15, frame.y + Card.padding + 17)
        let (x, y) = (SVGText.number(icon.x), SVGText.number(icon.y))
        svg.add("<circle class=\"disc\" cx=\"\(x)\" cy=\"\(y)\" r=\"15\"/>")
        let place = "translate(\(SVGText.number(icon.x - 8)) \(SVGText.number(icon.y - 8)))"
        svg.add("<path class=\"icon\" transform=\"\(place)\" d=\"\(SVGIcon.path(card.box.kind))\"/>")

        let left = frame.x + Card.padding + Card.iconSpace
        var y2 = frame.y + Card.padding + 9
        svg.write(card.caption, x: left, y: y2, class: "type")
        if let badge = card.badge {
            let tip = card.box.marks.map(\.text).joined(separator: "\n")
            draw(badge, tip: tip, at: Point(frame.right - Card.padding + 3 - badge.width, frame.y + Card.padding - 4))
        }
        y2 += 1
        for line in card.name.lines {
            y2 += Card.nameLine
            svg.write(line, x: left, y: y2, class: "name")
        }
        for line in card.headline.lines + card.details.lines {
            y2 += Card.headlineLine
            svg.write(line, x: left, y: y2, class: "quiet")
        }
    }

    private mutating func draw(_ badge: Badge, tip: String, at corner: Point) {
        svg.add("<g class=\"badge \(badge.severity.rawValue)\">")
        svg.add("<title>\(SVGText.escaped(tip))</title>")
        svg.rect(Rect(x: corner.x, y: corner.y, Size(badge.width, Badge.height)), radius: 8.5, class: "pill")
        svg.write(badge.text, x: corner.x + badge.width / 2, y: corner.y + 12.3, anchor: "middle")
        svg.add("</g>")
    }
}
