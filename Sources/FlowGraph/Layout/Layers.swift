/// Cuts cycles and gives every box a layer, the start at the top.
struct Layers {
    /// By box.
    private(set) var layer: [Int]
    /// By line: it leads back to a box above, or to its own.
    private(set) var leadsBack: [Bool]

    private let lines: [Sketch.Line]
    private let start: Int?
    private let out: [[Int]]
    private let into: [[Int]]

    init(_ sketch: Sketch) {
        lines = sketch.lines
        start = sketch.start
        layer = Array(repeating: 0, count: sketch.boxes.count)
        leadsBack = Array(repeating: false, count: lines.count)
        var out = Array(repeating: [Int](), count: sketch.boxes.count)
        var into = out
        for (number, line) in lines.enumerated() {
            out[line.from].append(number)
            into[line.to].append(number)
        }
        self.out = out
        self.into = into
        cutCycles()
        assign()
    }

    /// Lines to a box that the search is still below lead back, and all lines to the start.
    private mutating func cutCycles() {
        enum State { case unseen, open, done }
        var state = Array(repeating: State.unseen, count: layer.count)
        var roots = start.map { [$0] } ?? []
        roots += layer.indices.filter { into[$0].isEmpty }
        roots += layer.indices
        for root in roots where state[root] == .unseen {
            var stack = [(box: root, next: 0)]
            state[root] = .open
            while let (box, next) = stack.last {
                guard next < out[box].count else {
                    state[box] = .done
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let line = out[box][next]
                let target = lines[line].to
                if target == start { leadsBack[line] = true }
                switch state[target] {
                case .open: leadsBack[line] = true
                case .unseen:
                    state[target] = .open
                    stack.append((target, 0))
                case .done: break
                }
            }
        }
    }

    private mutating func assign() {
        let order = topologicalOrder()
        for box in order { layer[box] = lowest(box) }
        // Down to where its lines are shortest, as in the network simplex method with all slack taken at once.
        for _ in 0..<4 {
            var hasChanged = false
            for box in order.reversed() where box != start {
                let down = out[box].filter { !leadsBack[$0] }
                let up = into[box].count { !leadsBack[$0] }
                guard down.count > up, let room = down.map({ layer[lines[$0].to] - 1 }).min() else { continue }
                if room > layer[box] {
                    layer[box] = room
                    hasChanged = true
                }
            }
            if !hasChanged { break }
        }
        let top = layer.min() ?? 0
        for box in layer.indices { layer[box] -= top }
    }

    /// One below the lowest box that leads here; beside nothing but the start may stand at the top.
    private func lowest(_ box: Int) -> Int {
        var lowest = start == nil || box == start ? 0 : 1
        for line in into[box] where !leadsBack[line] { lowest = max(lowest, layer[lines[line].from] + 1) }
        return lowest
    }

    private func topologicalOrder() -> [Int] {
        var waiting = into.map { $0.count { !leadsBack[$0] } }
        var order = layer.indices.filter { waiting[$0] == 0 }
        var next = 0
        while next < order.count {
            for line in out[order[next]] where !leadsBack[line] {
                waiting[lines[line].to] -= 1
                if waiting[lines[line].to] == 0 { order.append(lines[line].to) }
            }
            next += 1
        }
        return order
    }
}
