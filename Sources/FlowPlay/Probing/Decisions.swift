import FlowCore
import Synchronization

/// What nodes decide in a walk that goes every way: the outcomes that were chosen before, then the first of each node.
final class Decisions: Sendable {
    struct Decision: Sendable {
        let outcome: String
        /// The node's other outcomes.
        let others: [String]
    }

    private let planned: [String]
    private let list = Mutex<[Decision]>([])

    init(_ planned: [String]) {
        self.planned = planned
    }

    /// The decisions of the walk so far.
    var made: [Decision] { list.withLock { $0 } }

    func next(of node: FlowNode) -> String {
        list.withLock { list in
            let names = node.outcomes.map(\.name)
            let wanted = planned.indices.contains(list.count) ? planned[list.count] : names.first
            let outcome = wanted.flatMap { names.contains($0) ? $0 : nil } ?? names.first ?? ""
            list.append(Decision(outcome: outcome, others: names.filter { $0 != outcome }))
            return outcome
        }
    }
}
