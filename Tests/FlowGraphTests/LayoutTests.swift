import FlowGraph
import Testing

@Suite("The layout")
struct LayoutTests {
    @Test("keeps boxes and labels apart, whatever the graph", arguments: 1...120)
    func nothingOverlaps(seed: Int) {
        let layout = Layout(randomSketch(seed, boxes: seed % 40 + 1))
        let things = layout.boxes + layout.labels + layout.jumps.compactMap { $0 }
        for (index, thing) in things.enumerated() {
            #expect(thing.x >= 0 && thing.y >= 0)
            #expect(thing.right <= layout.size.width && thing.bottom <= layout.size.height)
            for other in things[(index + 1)...] { #expect(!thing.overlaps(other)) }
        }
    }

    @Test("leads every line from its box by its label to its target", arguments: 1...120)
    func linesArrive(seed: Int) throws {
        let sketch = randomSketch(seed, boxes: seed % 40 + 1)
        let layout = Layout(sketch)
        for (index, line) in sketch.lines.enumerated() {
            let route = layout.routes[index]
            let from = layout.boxes[line.from]
            let to = layout.jumps[index] ?? layout.boxes[line.to]
            let label = layout.labels[index]
            let start = try #require(route.start)
            let end = try #require(route.end)
            #expect(start.y == from.bottom && from.x < start.x && start.x < from.right)
            #expect(end.y == to.y && to.x < end.x && end.x < to.right)
            let parts = pieces(route)
            try #require(parts.count == 2)
            let arrival = try #require(parts[0].last)
            #expect(arrival.y == label.y && label.x < arrival.x && arrival.x < label.right)
            let departure = try #require(parts[1].first)
            #expect(label.x <= departure.x && departure.x <= label.right)
            #expect(label.y <= departure.y && departure.y <= label.bottom)
        }
    }

    @Test("never draws a line through a box or a label", arguments: 1...120)
    func linesGoAround(seed: Int) {
        let layout = Layout(randomSketch(seed, boxes: seed % 40 + 1))
        let things = layout.boxes + layout.labels + layout.jumps.compactMap { $0 }
        for route in layout.routes {
            for point in pieces(route).joined() {
                #expect(!things.contains { $0.holds(point) }, "\(point)")
            }
        }
    }

    @Test("puts the start above all it leads to")
    func startIsAtTheTop() {
        for seed in 1...40 {
            let sketch = randomSketch(seed, boxes: 20)
            let layout = Layout(sketch)
            for box in reached(in: sketch).dropFirst() { #expect(layout.boxes[0].bottom < layout.boxes[box].y) }
        }
    }

    @Test("draws a loop of one box and a way back up, both from the bottom to the top")
    func loops() throws {
        let line = { (from: Int, to: Int) in
            Sketch.Line(from: from, to: to, label: Size(60, 25), jump: Size(80, 26))
        }
        let sketch = Sketch(
            boxes: [Size(160, 60), Size(160, 60), Size(160, 60)],
            lines: [line(0, 1), line(1, 2), line(1, 1), line(2, 1), line(2, 0)],
            start: 0
        )
        let layout = Layout(sketch)
        #expect(layout.boxes[0].bottom < layout.boxes[1].y)
        #expect(layout.boxes[1].bottom < layout.boxes[2].y)
        for (index, line) in sketch.lines.enumerated() {
            #expect(layout.routes[index].start?.y == layout.boxes[line.from].bottom)
            #expect(layout.routes[index].end?.y == layout.boxes[line.to].y)
        }
    }

    @Test("is the same for the same sketch")
    func isDeterministic() {
        for seed in [1, 7, 39] {
            let sketch = randomSketch(seed, boxes: 30)
            #expect(Layout(sketch).routes == Layout(sketch).routes)
            #expect(Layout(sketch).boxes == Layout(sketch).boxes)
        }
    }

    @Test("places 2,000 boxes, a line of them, a star and a tangle", .timeLimit(.minutes(5)))
    func manyBoxes() {
        func line(_ from: Int, _ to: Int) -> Sketch.Line {
            Sketch.Line(from: from, to: to, label: Size(60, 25), jump: Size(80, 26))
        }
        let boxes = Array(repeating: Size(160, 60), count: 2_000)
        let chain = (1..<2_000).flatMap { [line($0 - 1, $0), line($0, 0)] }
        let star = (1..<2_000).flatMap { [line(0, $0), line($0, 0)] }
        for sketch in [
            Sketch(boxes: boxes, lines: chain, start: 0), Sketch(boxes: boxes, lines: star, start: 0),
            randomSketch(5, boxes: 2_000), Sketch(boxes: boxes, lines: [], start: nil),
        ] {
            #expect(Layout(sketch).boxes.count == 2_000)
        }
    }

    @Test("of nothing is nothing")
    func empty() {
        let layout = Layout(Sketch(boxes: [], lines: [], start: nil))
        #expect(layout.size == Size(0, 0))
    }

    // MARK: Looking at lines

    /// The boxes that lines lead to from the start, that first.
    private func reached(in sketch: Sketch) -> [Int] {
        var reached = [0]
        var next = 0
        while next < reached.count {
            for line in sketch.lines where line.from == reached[next] && !reached.contains(line.to) {
                reached.append(line.to)
            }
            next += 1
        }
        return reached
    }

    /// The route before and behind its label, as points close to each other.
    private func pieces(_ route: Route) -> [[Point]] {
        var pieces: [[Point]] = []
        var last = Point(0, 0)
        for step in route.steps {
            switch step {
            case .move(let point): pieces.append([point])
            case .line(let point):
                for part in 1...20 {
                    let t = Double(part) / 20
                    pieces[pieces.count - 1].append(
                        Point(last.x + (point.x - last.x) * t, last.y + (point.y - last.y) * t)
                    )
                }
                pieces[pieces.count - 1][pieces[pieces.count - 1].count - 1] = point
            case .curve(let first, let second, let end):
                for part in 1...20 {
                    let t = Double(part) / 20
                    func at(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
                        let s = 1 - t
                        return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d
                    }
                    pieces[pieces.count - 1].append(
                        Point(at(last.x, first.x, second.x, end.x), at(last.y, first.y, second.y, end.y))
                    )
                }
                pieces[pieces.count - 1][pieces[pieces.count - 1].count - 1] = end
            }
            last = step.end
        }
        return pieces
    }
}

extension Rect {
    /// Well inside, not on the rim.
    fileprivate func holds(_ point: Point) -> Bool {
        point.x > x + 0.5 && point.x < right - 0.5 && point.y > y + 0.5 && point.y < bottom - 0.5
    }
}
