/// Puts rows below each other and draws the lines: upright where they pass a row, curved between rows.
///
/// Boxes and labels are in rows, so a line that bends only between rows never runs through one.
struct Router {
    /// By item.
    private(set) var frames: [Rect] = []
    private(set) var size = Size(0, 0)

    private let sketch: Sketch
    private let rows: Rows
    private let middles: [Double]
    private let leadsBack: [Bool]
    /// Where each row begins and ends.
    private var tops: [Double] = []
    private var bottoms: [Double] = []
    private var ports: Ports

    /// Straight before an arrow's head.
    private static let head = 9.0
    private static let corner = 12.0

    init(_ sketch: Sketch, _ rows: Rows, middles: [Double], leadsBack: [Bool]) {
        self.sketch = sketch
        self.rows = rows
        self.middles = middles
        self.leadsBack = leadsBack
        ports = Ports(sketch, rows, middles: middles, leadsBack: leadsBack)
        stackRows()
        frames = zip(rows.items, middles).map { item, middle in
            Rect(x: middle - item.size.width / 2, y: tops[item.row], item.size)
        }
        size = Size(frames.map(\.right).max() ?? 0, bottoms.last ?? 0)
    }

    private mutating func stackRows() {
        var y = 0.0
        var turning = Array(repeating: 0, count: rows.rows.count)
        for item in rows.items where item.kind == .turn { turning[item.row] += 1 }
        for (row, items) in rows.rows.enumerated() {
            let height = items.map { rows.items[$0].size.height }.max() ?? 0
            tops.append(y)
            bottoms.append(y + height)
            y += height
            guard row < rows.rows.count - 1 else { continue }
            y += gap(below: row, turning: turning[row])
        }
        // Absent labels take no room.
        while let last = bottoms.indices.last, last > 0, rows.rows[last].isEmpty {
            bottoms.removeLast()
            tops.removeLast()
        }
    }

    private func gap(below row: Int, turning: Int) -> Double {
        let isAboveBoxes = row.isMultiple(of: 2)
        if row == 0, turning == 0 { return 0 }
        if rows.rows[row].isEmpty, rows.rows[row + 1].isEmpty { return 0 }
        var sway = 0.0
        for item in rows.rows[row] where rows.items[item].kind != .turn {
            for next in rows.below[item] { sway = max(sway, abs(middles[item] - middles[next])) }
        }
        let base = isAboveBoxes ? (turning > 0 ? 44.0 : 34) : 20
        return max(base, min(base + 44, base + sway * 0.07)).rounded()
    }

    // MARK: Lines

    func routes() -> [Route] { sketch.lines.indices.map { leadsBack[$0] ? back($0) : down($0) } }

    private func intoLabel(_ line: Int) -> Route {
        let from = frames[sketch.lines[line].from]
        let label = frames[rows.labels[line]]
        var route = Route()
        let x = ports.out[line]
        route.move(Point(x, from.bottom))
        route.line(Point(x, bottoms[rows.items[sketch.lines[line].from].row]))
        route.swing(to: Point(ports.intoLabel[line], label.y))
        return route
    }

    private func down(_ line: Int) -> Route {
        var route = intoLabel(line)
        let label = frames[rows.labels[line]]
        let target = sketch.lines[line].to
        var row = rows.items[rows.labels[line]].row
        route.move(Point(ports.outOfLabel[line], label.bottom))
        route.line(Point(ports.outOfLabel[line], bottoms[row]))
        for joint in rows.joints[line] {
            row += 1
            route.swing(to: Point(middles[joint], tops[row]))
            route.line(Point(middles[joint], bottoms[row]))
        }
        let end = Point(ports.into[line], frames[target].y)
        route.swing(to: Point(end.x, end.y - Self.head))
        route.line(end)
        return route
    }

    private func back(_ line: Int) -> Route {
        var route = intoLabel(line)
        let label = rows.labels[line]
        let way = rows.joints[line]
        guard let first = way.first, let last = way.last else { return route }
        leave(label, by: first, line, &route)
        var row = rows.items[first].row
        for joint in way {
            if joint != first { route.swing(to: Point(middles[joint], bottoms[row])) }
            route.line(Point(middles[joint], tops[row]))
            row -= 1
        }
        // Over the top of the target's row, and down.
        let x = middles[last]
        let end = Point(ports.into[line], frames[sketch.lines[line].to].y)
        let top = end.y - 24
        let corner = min(Self.corner, abs(end.x - x) / 2)
        let aside = end.x < x ? -corner : corner
        route.line(Point(x, top + corner))
        route.turn(around: Point(x, top), to: Point(x + aside, top))
        route.line(Point(end.x - aside, top))
        route.turn(around: Point(end.x, top), to: Point(end.x, top + corner))
        route.line(end)
        return route
    }

    /// Out of a label by its side where the way to the joint is free, else by its top.
    private func leave(_ label: Int, by joint: Int, _ line: Int, _ route: inout Route) {
        let frame = frames[label]
        let x = middles[joint]
        let bottom = bottoms[rows.items[joint].row]
        let isRight = x > frame.middle.x
        let corner = min(Self.corner, frame.size.height / 2)
        let edge = isRight ? frame.right : frame.x
        guard abs(x - frame.middle.x) >= frame.size.width / 2 + corner, isFree(label, upTo: x) else {
            route.move(Point(ports.outOfLabel[line], frame.y))
            route.swing(to: Point(x, bottom))
            return
        }
        let y = frame.middle.y
        route.move(Point(edge, y))
        route.line(Point(isRight ? x - corner : x + corner, y))
        route.turn(around: Point(x, y), to: Point(x, y - corner))
        route.line(Point(x, bottom))
    }

    /// No other label stands in the way; lines may be crossed.
    private func isFree(_ label: Int, upTo x: Double) -> Bool {
        let frame = frames[label]
        return rows.rows[rows.items[label].row].allSatisfy { other in
            other == label || rows.items[other].kind != .label
                || frames[other].right < min(frame.x, x - 6) || frames[other].x > max(frame.right, x + 6)
        }
    }
}
