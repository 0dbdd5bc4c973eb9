/// The rows of a drawing: boxes and labels take turns, and lines cross a row only at a joint.
///
/// Layer `n`'s boxes are in row `2n + 1`, their lines' labels in the row below; lines that lead back turn in the row
/// above their target. Every link joins two neighbouring rows.
struct Rows {
    enum Kind: Hashable {
        case box, label
        /// Where lines pass a row.
        case joint
        /// Where lines that lead back turn down to their target.
        case turn
    }

    struct Item {
        let kind: Kind
        let row: Int
        let size: Size
    }

    /// The boxes first, by their number.
    private(set) var items: [Item] = []
    /// The items that an item is linked with in the row above.
    private(set) var above: [[Int]] = []
    private(set) var below: [[Int]] = []
    /// By row, from left to right.
    var rows: [[Int]]
    /// By line: its label.
    private(set) var labels: [Int] = []
    /// By line: the joints in the order of the arrow.
    private(set) var joints: [[Int]] = []

    private var shared: [Trunk: Int] = [:]
    private var turns: [Int: Int] = [:]

    /// Lines of one bundle to one box meet in the rows between.
    private struct Trunk: Hashable {
        let target: Int
        let bundle: Int
        let leadsBack: Bool
        let row: Int
    }

    init(_ sketch: Sketch, layer: [Int], leadsBack: [Bool]) {
        rows = Array(repeating: [], count: 2 * (layer.max() ?? 0) + 3)
        for (size, layer) in zip(sketch.boxes, layer) { _ = add(.box, row: 2 * layer + 1, size) }
        for (line, leadsBack) in zip(sketch.lines, leadsBack) {
            let label = add(.label, row: items[line.from].row + 1, line.label)
            link(line.from, label)
            labels.append(label)
            joints.append(leadsBack ? way(back: line, label) : way(down: line, label))
        }
    }

    private mutating func way(down line: Sketch.Line, _ label: Int) -> [Int] {
        var way: [Int] = []
        var last = label
        for row in (items[label].row + 1)..<items[line.to].row {
            let joint = joint(Trunk(target: line.to, bundle: line.bundle, leadsBack: false, row: row))
            link(last, joint)
            last = joint
            way.append(joint)
        }
        link(last, line.to)
        return way
    }

    private mutating func way(back line: Sketch.Line, _ label: Int) -> [Int] {
        var way: [Int] = []
        var last = label
        for row in (items[line.to].row...items[line.from].row).reversed() {
            let joint = joint(Trunk(target: line.to, bundle: line.bundle, leadsBack: true, row: row))
            link(joint, last)
            last = joint
            way.append(joint)
        }
        let turn = turns[last] ?? add(.turn, row: items[line.to].row - 1, Size(0, 0))
        turns[last] = turn
        link(turn, last)
        link(turn, line.to)
        return way
    }

    private mutating func joint(_ trunk: Trunk) -> Int {
        if let joint = shared[trunk] { return joint }
        let joint = add(.joint, row: trunk.row, Size(0, 0))
        shared[trunk] = joint
        return joint
    }

    private mutating func add(_ kind: Kind, row: Int, _ size: Size) -> Int {
        items.append(Item(kind: kind, row: row, size: size))
        above.append([])
        below.append([])
        rows[row].append(items.count - 1)
        return items.count - 1
    }

    private mutating func link(_ upper: Int, _ lower: Int) {
        guard !below[upper].contains(lower) else { return }
        below[upper].append(lower)
        above[lower].append(upper)
    }
}
