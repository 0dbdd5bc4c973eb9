/// Finds strongly connected components by Tarjan's algorithm (1972), without recursion.
enum Components {
    /// A number for each node; two nodes that lead to each other have the same.
    static func of(_ edges: [[Int]]) -> [Int] {
        var search = Search(edges)
        for node in edges.indices where search.index[node] < 0 { search.visit(node) }
        return search.component
    }

    private struct Search {
        let edges: [[Int]]
        var index: [Int]
        var low: [Int]
        var component: [Int]
        var stack: [Int] = []
        var isOnStack: [Bool]
        var counter = 0
        var components = 0

        init(_ edges: [[Int]]) {
            self.edges = edges
            index = Array(repeating: -1, count: edges.count)
            low = index
            component = index
            isOnStack = Array(repeating: false, count: edges.count)
            stack.reserveCapacity(edges.count)
        }

        mutating func visit(_ root: Int) {
            enter(root)
            var open: [(node: Int, next: Int)] = [(root, 0)]
            while let (node, next) = open.last {
                if next < edges[node].count {
                    open[open.count - 1].next += 1
                    let target = edges[node][next]
                    if index[target] < 0 {
                        enter(target)
                        open.append((target, 0))
                    } else if isOnStack[target] {
                        low[node] = min(low[node], index[target])
                    }
                    continue
                }
                open.removeLast()
                if let parent = open.last?.node { low[parent] = min(low[parent], low[node]) }
                if low[node] == index[node] { close(node) }
            }
        }

        private mutating func enter(_ node: Int) {
            index[node] = counter
            low[node] = counter
            counter += 1
            stack.append(node)
            isOnStack[node] = true
        }

        private mutating func close(_ root: Int) {
            while let node = stack.popLast() {
                isOnStack[node] = false
                component[node] = components
                if node == root { break }
            }
            components += 1
        }
    }
}
