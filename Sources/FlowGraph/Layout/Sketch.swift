/// What a layout is asked to place: sizes, and what leads where.
package struct Sketch: Sendable {
    package struct Line: Sendable {
        package var from: Int
        package var to: Int
        /// The label's size.
        package var label: Size
        /// The size of a box that names the target, should the way there be too long to draw.
        package var jump: Size
        /// Lines of the same bundle that come to the same box may share their way.
        package var bundle: Int

        package init(from: Int, to: Int, label: Size, jump: Size, bundle: Int = 0) {
            self.from = from
            self.to = to
            self.label = label
            self.jump = jump
            self.bundle = bundle
        }
    }

    package var boxes: [Size]
    package var lines: [Line]
    /// The box that stands at the top.
    package var start: Int?

    package init(boxes: [Size], lines: [Line], start: Int?) {
        self.boxes = boxes
        self.lines = lines
        self.start = start
    }

    /// The parts between which there is no line, the one with the start first.
    func parts() -> [(boxes: [Int], lines: [Int])] {
        var neighbours = Array(repeating: [Int](), count: boxes.count)
        for line in lines {
            neighbours[line.from].append(line.to)
            neighbours[line.to].append(line.from)
        }
        var part = Array(repeating: -1, count: boxes.count)
        var count = 0
        for root in (start.map { [$0] } ?? []) + Array(boxes.indices) where part[root] < 0 {
            var open = [root]
            part[root] = count
            while let box = open.popLast() {
                for next in neighbours[box] where part[next] < 0 {
                    part[next] = count
                    open.append(next)
                }
            }
            count += 1
        }
        var parts = Array(repeating: (boxes: [Int](), lines: [Int]()), count: count)
        for box in boxes.indices { parts[part[box]].boxes.append(box) }
        for line in lines.indices { parts[part[lines[line].from]].lines.append(line) }
        return parts
    }
}
