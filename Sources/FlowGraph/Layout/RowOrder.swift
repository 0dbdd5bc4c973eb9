/// Orders the rows so that few lines cross: barycentres, swept down and up, and then swaps of neighbours.
///
/// W. Barth, M. Jünger and P. Mutzel, "Simple and efficient bilayer cross counting" (2002), for the counting.
struct RowOrder {
    private var rows: [[Int]]
    private var indexInRow: [Int]
    private let above: [[Int]]
    private let below: [[Int]]

    private static let sweeps = 24
    /// Sweeps without a better order before it is left at that.
    private static let patience = 6
    /// Above so many items swaps cost more than they bring.
    private static let swapLimit = 4_000

    /// - Parameter first: items in whose order the rows are filled at the beginning.
    static func order(_ rows: Rows, from first: [Int]) -> [[Int]] {
        var order = RowOrder(rows, from: first)
        return order.improved()
    }

    private init(_ rows: Rows, from first: [Int]) {
        above = rows.above
        below = rows.below
        indexInRow = Array(repeating: 0, count: rows.items.count)
        self.rows = Array(repeating: [], count: rows.rows.count)
        var isSeen = Array(repeating: false, count: rows.items.count)
        for root in first + Array(rows.items.indices) where !isSeen[root] {
            var open = [root]
            while let item = open.popLast() {
                guard !isSeen[item] else { continue }
                isSeen[item] = true
                self.rows[rows.items[item].row].append(item)
                open += above[item].reversed()
                open += below[item].reversed()
            }
        }
        for row in self.rows.indices { number(row) }
    }

    private mutating func number(_ row: Int) {
        for (index, item) in rows[row].enumerated() { indexInRow[item] = index }
    }

    private mutating func improved() -> [[Int]] {
        var best = rows
        var fewest = crossings()
        var idle = 0
        for sweep in 0..<Self.sweeps where fewest > 0 && idle < Self.patience {
            sweepOnce(isDown: sweep.isMultiple(of: 2))
            if indexInRow.count <= Self.swapLimit { swapNeighbours() }
            let count = crossings()
            idle += 1
            if count < fewest {
                (best, fewest) = (rows, count)
                idle = 0
            }
        }
        return best
    }

    private mutating func sweepOnce(isDown: Bool) {
        for row in isDown ? Array(rows.indices) : rows.indices.reversed() {
            let neighbours = isDown ? above : below
            let keys = rows[row].enumerated().map { index, item -> (key: Double, index: Int, item: Int) in
                let indices = neighbours[item].map { indexInRow[$0] }
                // An item without links stays about where it is.
                guard !indices.isEmpty else { return (Double(index), index, item) }
                return (Double(indices.reduce(0, +)) / Double(indices.count), index, item)
            }
            rows[row] = keys.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.item)
            number(row)
        }
    }

    private mutating func swapNeighbours() {
        for _ in 0..<4 {
            var hasChanged = false
            for row in rows.indices where rows[row].count > 1 {
                for index in 0..<(rows[row].count - 1) {
                    let (left, right) = (rows[row][index], rows[row][index + 1])
                    guard crossings(right, left) < crossings(left, right) else { continue }
                    rows[row].swapAt(index, index + 1)
                    (indexInRow[left], indexInRow[right]) = (index + 1, index)
                    hasChanged = true
                }
            }
            if !hasChanged { break }
        }
    }

    /// Between the links of two items of a row, one left of the other.
    private func crossings(_ left: Int, _ right: Int) -> Int {
        func count(_ lefts: [Int], _ rights: [Int]) -> Int {
            var count = 0
            for a in lefts { for b in rights where indexInRow[b] < indexInRow[a] { count += 1 } }
            return count
        }
        return count(above[left], above[right]) + count(below[left], below[right])
    }

    private func crossings() -> Int {
        var total = 0
        for row in rows.indices.dropFirst() {
            var tree = Array(repeating: 0, count: rows[row].count + 1)
            var linked = 0
            for item in rows[row - 1] {
                let ends = below[item].map { indexInRow[$0] }
                for end in ends {
                    var notRight = 0
                    var index = end + 1
                    while index > 0 {
                        notRight += tree[index]
                        index &= index - 1
                    }
                    total += linked - notRight
                }
                for end in ends {
                    var index = end + 1
                    while index < tree.count {
                        tree[index] += 1
                        index += index & -index
                    }
                }
                linked += ends.count
            }
        }
        return total
    }
}
