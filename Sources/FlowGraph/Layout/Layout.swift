/// Where everything is: a layered drawing, from the top to the bottom.
///
/// After K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of hierarchical system structures" (1981):
/// cycles are cut, boxes are put on layers, rows are ordered so that few lines cross, and then moved so that lines are
/// straight. Labels are part of it: each has a place of its own in a row between two layers. The same sketch gives the
/// same layout.
package struct Layout: Sendable {
    package private(set) var size = Size(0, 0)
    /// By box.
    package private(set) var boxes: [Rect]
    /// By line.
    package private(set) var labels: [Rect]
    /// By line.
    package private(set) var routes: [Route]
    /// By line, where the line ends at a box that only names its target.
    package private(set) var jumps: [Rect?]

    /// Between parts that no line connects.
    private static let partGap = 48.0

    package init(_ sketch: Sketch) {
        let nowhere = Rect(x: 0, y: 0, Size(0, 0))
        boxes = Array(repeating: nowhere, count: sketch.boxes.count)
        labels = Array(repeating: nowhere, count: sketch.lines.count)
        routes = Array(repeating: Route(), count: sketch.lines.count)
        jumps = Array(repeating: nil, count: sketch.lines.count)

        var indexInPart = Array(repeating: 0, count: sketch.boxes.count)
        let parts = sketch.parts()
        let drawn = parts.map { part in
            for (index, box) in part.boxes.enumerated() { indexInPart[box] = index }
            return PartLayout(
                Sketch(
                    boxes: part.boxes.map { sketch.boxes[$0] },
                    lines: part.lines.map { number in
                        var line = sketch.lines[number]
                        line.from = indexInPart[line.from]
                        line.to = indexInPart[line.to]
                        return line
                    },
                    start: sketch.start.flatMap { part.boxes.contains($0) ? indexInPart[$0] : nil }
                )
            )
        }
        let corners = Self.pack(drawn.map(\.size), gap: Self.partGap)
        for ((part, layout), corner) in zip(zip(parts, drawn), corners) {
            for (index, box) in part.boxes.enumerated() { boxes[box] = layout.boxes[index].moved(by: corner) }
            for (index, line) in part.lines.enumerated() {
                labels[line] = layout.labels[index].moved(by: corner)
                routes[line] = layout.routes[index].moved(by: corner)
                jumps[line] = layout.jumps[index]?.moved(by: corner)
            }
            size.width = max(size.width, corner.x + layout.size.width)
            size.height = max(size.height, corner.y + layout.size.height)
        }
    }

    /// Puts parts beside each other, and into a new row where the picture becomes too wide.
    private static func pack(_ sizes: [Size], gap: Double) -> [Point] {
        let area = sizes.reduce(0) { $0 + ($1.width + gap) * ($1.height + gap) }
        let width = max((sizes.map(\.width).max() ?? 0) * 1.5, (area * 1.6).squareRoot())
        var corner = Point(0, 0)
        var height = 0.0
        return sizes.map { size in
            if corner.x > 0, corner.x + size.width > width {
                corner = Point(0, corner.y + height + gap)
                height = 0
            }
            defer {
                corner.x += size.width + gap
                height = max(height, size.height)
            }
            return corner
        }
    }
}
