package import FlowCore

/// A way through a flow as people write it: `Start -[incoming_call]-> Forward -[busy]-> Report -> end`.
///
/// An arrow without an outcome stands for any.
package struct PathText: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package var node: String
        /// nil where none is named.
        package var outcome: String?

        package init(_ node: String, _ outcome: String? = nil) {
            self.node = node
            self.outcome = outcome
        }
    }

    package var steps: [Step]
    /// Whether `end` stands behind the last arrow.
    package var ends: Bool

    package init(_ steps: [Step], ends: Bool = false) {
        self.steps = steps
        self.ends = ends
    }

    /// The way that a run went.
    package init(_ run: Run, in flow: Flow) {
        steps = run.path.compactMap { step in
            guard flow.nodes.indices.contains(step.node) else { return nil }
            let node = flow.nodes[step.node]
            let outcome = step.outcome.flatMap { outcome in
                node.outcomes.indices.contains(outcome) ? node.outcomes[outcome].name : nil
            }
            return Step(node.name, outcome)
        }
        ends = steps.last?.outcome != nil
    }

    /// Reads the text; nil where it is no path.
    package init?(_ text: String) {
        steps = []
        ends = false
        var rest = text[...]
        while true {
            let end = [rest.firstRange(of: "->"), rest.firstRange(of: "-[")].compactMap { $0?.lowerBound }.min()
            let name = String(rest[..<(end ?? rest.endIndex)]).trimmingBlanks
            guard !name.isEmpty else { return nil }
            if name == "end", end == nil, !steps.isEmpty {
                ends = true
                return
            }
            guard let end else {
                steps.append(Step(name))
                return
            }
            rest = rest[end...]
            var outcome: String?
            if rest.hasPrefix("-[") {
                guard let close = rest.firstRange(of: "]->") else { return nil }
                outcome = String(rest.dropFirst(2)[..<close.lowerBound]).trimmingBlanks
                rest = rest[close.upperBound...]
            } else {
                rest = rest.dropFirst(2)
            }
            steps.append(Step(name, outcome))
        }
    }

    package var text: String {
        var text = ""
        for (index, step) in steps.enumerated() {
            text += step.node
            guard index < steps.count - 1 || ends || step.outcome != nil else { continue }
            text += step.outcome.map { " -[\($0)]-> " } ?? " -> "
        }
        return text + (ends || text.hasSuffix("-> ") ? "end" : "")
    }

    /// Whether a run that went `other` went this way.
    package func admits(_ other: PathText) -> Bool {
        guard steps.count == other.steps.count, !ends || other.ends else { return false }
        return zip(steps, other.steps).allSatisfy { wanted, found in
            wanted.node == found.node && (wanted.outcome == nil || wanted.outcome == found.outcome)
        }
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmingBlanks: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
