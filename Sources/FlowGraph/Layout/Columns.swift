/// Gives every item of ordered rows its middle, so that lines are straight and boxes stand over what they lead to.
///
/// U. Brandes and B. Köpf, "Fast and simple horizontal coordinate assignment" (2001): four alignments, each leaning
/// to one corner, and the mean of their two medians. Where the paper moves classes of blocks, blocks are placed by
/// longest path, which does not fall into its known trap (Brandes, Walter and Zink, "Erratum", 2020).
struct Columns {
    private let items: [Rows.Item]
    private let rows: [[Int]]
    private let above: [[Int]]
    private let below: [[Int]]
    private let conflicts: Set<Pair>

    private struct Pair: Hashable {
        let upper: Int
        let lower: Int
    }

    /// The middle of each item; the leftmost edge is at 0.
    static func middles(_ rows: Rows) -> [Double] {
        var indexInRow = Array(repeating: 0, count: rows.items.count)
        for row in rows.rows { for (index, item) in row.enumerated() { indexInRow[item] = index } }
        return Columns(rows, index: indexInRow).middles()
    }

    private init(_ graph: Rows, index indexInRow: [Int]) {
        items = graph.items
        rows = graph.rows
        let above = graph.above.map { $0.sorted { indexInRow[$0] < indexInRow[$1] } }
        conflicts = Self.conflicts(graph, above, indexInRow)
        let below = graph.below.map { $0.sorted { indexInRow[$0] < indexInRow[$1] } }
        self.above = Self.straightened(above, back: below, graph.items)
        self.below = Self.straightened(below, back: above, graph.items)
    }

    /// Neighbours to stand in line with: a joint goes straight on to the next, who joins the line there has no say.
    private static func straightened(_ neighbours: [[Int]], back: [[Int]], _ items: [Rows.Item]) -> [[Int]] {
        func isInner(_ item: Int, _ neighbours: [[Int]]) -> Bool {
            items[item].kind == .joint && neighbours[item].contains { items[$0].kind == .joint }
        }
        return neighbours.indices.map { item in
            if isInner(item, neighbours) { return neighbours[item].filter { items[$0].kind == .joint } }
            return neighbours[item].filter { !isInner($0, back) }
        }
    }

    /// Links that cross one between two joints: that one stays straight.
    private static func conflicts(_ graph: Rows, _ above: [[Int]], _ indexInRow: [Int]) -> Set<Pair> {
        var conflicts: Set<Pair> = []
        for (upperRow, row) in zip(graph.rows, graph.rows.dropFirst()) {
            var (left, scanned) = (0, 0)
            for (index, item) in row.enumerated() {
                let isJoint = graph.items[item].kind == .joint
                let joint = isJoint ? above[item].first { graph.items[$0].kind == .joint } : nil
                guard joint != nil || index == row.count - 1 else { continue }
                let right = joint.map { indexInRow[$0] } ?? upperRow.count
                for lower in row[scanned...index] {
                    for upper in above[lower] where indexInRow[upper] < left || right < indexInRow[upper] {
                        let isInner = graph.items[upper].kind == .joint && graph.items[lower].kind == .joint
                        if !isInner { conflicts.insert(Pair(upper: upper, lower: lower)) }
                    }
                }
                (left, scanned) = (right, index + 1)
            }
        }
        return conflicts
    }

    // MARK: Four leanings

    private func middles() -> [Double] {
        var leanings: [[Double]] = []
        for isUpward in [false, true] {
            for isLeftward in [false, true] { leanings.append(leaning(isUpward: isUpward, isLeftward: isLeftward)) }
        }
        // All are put over the narrowest: those that lean left by their left edge, the others by their right.
        let edges = leanings.map(edgesOf)
        guard let narrowest = edges.min(by: { $0.right - $0.left < $1.right - $1.left }) else { return [] }
        for index in leanings.indices {
            let (left, right) = edges[index]
            let way = index.isMultiple(of: 2) ? narrowest.left - left : narrowest.right - right
            for item in items.indices { leanings[index][item] += way }
        }
        var result = items.indices.map { item in
            let sorted = leanings.map { $0[item] }.sorted()
            return ((sorted[1] + sorted[2]) / 2).rounded()
        }
        let left = edgesOf(result).left
        for item in items.indices { result[item] -= left }
        return result
    }

    private func edgesOf(_ middles: [Double]) -> (left: Double, right: Double) {
        var (left, right) = (Double.infinity, -Double.infinity)
        for (item, middle) in zip(items, middles) {
            left = min(left, middle - item.size.width / 2)
            right = max(right, middle + item.size.width / 2)
        }
        return (left, right)
    }

    private func leaning(isUpward: Bool, isLeftward: Bool) -> [Double] {
        var rows = isUpward ? self.rows.reversed() : self.rows
        if isLeftward { rows = rows.map { $0.reversed() } }
        let root = roots(rows, isUpward: isUpward, isLeftward: isLeftward)
        let middles = placed(rows, root)
        return isLeftward ? middles.map { -$0 } : middles
    }

    /// Joins each item with the median of its neighbours, in blocks that no other crosses.
    private func roots(_ rows: [[Int]], isUpward: Bool, isLeftward: Bool) -> [Int] {
        var indexInRow = Array(repeating: 0, count: items.count)
        for row in rows { for (index, item) in row.enumerated() { indexInRow[item] = index } }
        var root = Array(items.indices)
        var isJoined = Array(repeating: false, count: items.count)
        for row in rows {
            var last = -1
            for item in row {
                var neighbours = isUpward ? below[item] : above[item]
                guard !neighbours.isEmpty else { continue }
                if isLeftward { neighbours.reverse() }
                for median in Set([(neighbours.count - 1) / 2, neighbours.count / 2]).sorted() where !isJoined[item] {
                    let neighbour = neighbours[median]
                    let pair =
                        isUpward ? Pair(upper: item, lower: neighbour) : Pair(upper: neighbour, lower: item)
                    guard last < indexInRow[neighbour], !conflicts.contains(pair) else { continue }
                    isJoined[item] = true
                    root[item] = root[neighbour]
                    last = indexInRow[neighbour]
                }
            }
        }
        return root
    }

    /// Puts blocks as far to the left as their neighbours let them, and then back to those on their right.
    private func placed(_ rows: [[Int]], _ root: [Int]) -> [Double] {
        var after = Array(repeating: [(block: Int, gap: Double)](), count: items.count)
        var waiting = Array(repeating: 0, count: items.count)
        for row in rows {
            for (left, right) in zip(row, row.dropFirst()) {
                after[root[left]].append((root[right], gap(left, right)))
                waiting[root[right]] += 1
            }
        }
        var order = items.indices.filter { root[$0] == $0 && waiting[$0] == 0 }
        var middle = Array(repeating: 0.0, count: items.count)
        var next = 0
        while next < order.count {
            let block = order[next]
            for (right, gap) in after[block] {
                middle[right] = max(middle[right], middle[block] + gap)
                waiting[right] -= 1
                if waiting[right] == 0 { order.append(right) }
            }
            next += 1
        }
        for block in order.reversed() {
            guard let room = after[block].map({ middle[$0.block] - $0.gap }).min() else { continue }
            middle[block] = max(middle[block], room)
        }
        return items.indices.map { middle[root[$0]] }
    }

    /// Between the middles of two neighbours.
    private func gap(_ left: Int, _ right: Int) -> Double {
        func half(_ item: Rows.Item) -> Double {
            switch item.kind {
            case .box: item.size.width / 2 + 18
            case .label: item.size.width / 2 + 8
            case .joint: 9
            case .turn: 4
            }
        }
        // Whole pixels keep lines sharp, and sums exact.
        return (half(items[left]) + half(items[right])).rounded(.up)
    }
}
