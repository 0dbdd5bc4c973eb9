import FlowCore
import FlowStore

/// The beginning of a side run in the decision about the callback that asks for it.
struct SideStart {
    let beginning: SideBeginning
    let id: RunID

    init(_ beginning: SideBeginning) {
        self.beginning = beginning
        id = RunID(beginning.key)
    }

    /// Adds the side run to `decision`, or a note where there are too many already.
    ///
    /// - Parameters:
    ///   - index: of the run that the event is of.
    ///   - decision: it changes that run's record already.
    func begin(on flow: Flow, at: Timestamp, by index: Int, _ decision: inout Decision) {
        guard var record = decision.change.record else { return }
        let parent = record.runs[index]
        guard parent.sideRuns.count < RunLimits.sideRuns, parent.origins.count < RunLimits.sideRunDepth else {
            guard !parent.isPastSideRuns else { return }
            record.runs[index].isPastSideRuns = true
            record.runs[index].note(excess(of: parent))
            decision.change.record = record
            decision.sideRunsEnd = true
            return
        }
        let turn = Interpreter(flow).begin(beginning, id: id, of: parent, at: at)
        record.runs[index].sideRuns.append(id)
        decision.change.record = record
        decision.change.begun.append(
            RecordChange.Beginning(
                RunRecord(call: id, createdAt: at, runs: [turn.run]),
                deliveries: turn.orders.map { Delivery(order: $0, createdAt: at) }
            )
        )
    }

    private func excess(of parent: Run) -> Note {
        let (node, event) = (beginning.key.node, beginning.key.event)
        return parent.sideRuns.count < RunLimits.sideRuns
            ? Note(.sideRunDepth, node: node, "\(RunLimits.sideRunDepth)", event)
            : Note(.sideRunLimit, node: node, "\(RunLimits.sideRuns)", event)
    }
}
