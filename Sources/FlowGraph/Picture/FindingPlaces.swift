import FlowCore
import FlowDocument

/// Which node a finding is about, by where it stands in the file.
struct FindingPlaces {
    private let file: String
    /// The nodes by where they begin, with where they end.
    private let stretches: [(start: Int, end: Int, node: Int)]
    private let count: Int

    init(_ flow: Flow) {
        file = flow.file
        count = flow.nodes.count
        stretches = flow.nodes.enumerated()
            .map { index, node in
                let end = max(node.nameSpan.end.offset, node.source.span.end.offset)
                return (node.nameSpan.start.offset, end, index)
            }
            .sorted { $0.start < $1.start }
    }

    /// The findings of each node, gravest first, and those that concern none.
    func sorted(_ findings: [Finding]) -> (nodes: [[Mark]], rest: [Mark]) {
        var nodes = Array(repeating: [Mark](), count: count)
        var rest: [Mark] = []
        let mine = findings.filter { $0.file == file }.sorted { left, right in
            left.severity == right.severity ? Finding.inReportOrder(left, right) : left.severity < right.severity
        }
        for finding in mine {
            let mark = Mark(finding)
            guard let node = node(at: finding.span.start.offset) else {
                if !rest.contains(mark) { rest.append(mark) }
                continue
            }
            if !nodes[node].contains(mark) { nodes[node].append(mark) }
        }
        return (nodes, rest)
    }

    private func node(at offset: Int) -> Int? {
        var (low, high) = (0, stretches.count)
        while low < high {
            let middle = (low + high) / 2
            if stretches[middle].start > offset { high = middle } else { low = middle + 1 }
        }
        guard low > 0, offset < stretches[low - 1].end else { return nil }
        return stretches[low - 1].node
    }
}
