import FlowCore

extension ExhaustiveWalk.Result {
    /// For people.
    package func text(paint: Paint = Paint()) -> String {
        var lines = ["\(paint.bold(coverage.flow.name)): \(ways) way\(ways == 1 ? "" : "s") walked"]
        lines += coverage.missing.map { "  \(paint.yellow("never taken")): \($0.text)  \($0.place)" }
        for way in silent { lines += ["  \(paint.red("silence")): \(way.reason)", "    \(way.path)"] }
        for way in endless { lines += ["  \(paint.red("limit")): \(way.reason)", "    \(way.path)"] }
        if isCut { lines.append("  there are more ways than are walked") }
        if isClean {
            let edges = coverage.edges
            lines.append("  \(paint.green("clean")): all \(edges.total) edges are taken, no silence, no limit")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
