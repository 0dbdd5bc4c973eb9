import FlowCore
import Logging

extension Host {
    /// Logs which nodes a turn came to, and by which outcome of the node before.
    func logSteps(of run: Run, at: Timestamp) {
        guard let flow = loadedFlow(run.version) else { return }
        for (place, step) in run.path.enumerated() where step.at == at {
            log(flow, run, flow.name(of: step), after: place > 0 ? run.path[place - 1] : nil)
        }
        if run.endedAt == at, let last = run.path.last, last.outcome != nil { log(flow, run, "end", after: last) }
    }

    private func log(_ flow: Flow, _ run: Run, _ node: String, after step: Run.Step?) {
        logger.debug(
            "step",
            metadata: [
                "call": "\(LogText.clean(run.id.text))", "flow": "\(run.flow)", "node": "\(node)",
                "after": "\(step.map(flow.name) ?? "")", "outcome": "\(step.flatMap(flow.outcome) ?? "")",
            ]
        )
    }
}

extension Flow {
    fileprivate func name(of step: Run.Step) -> String {
        nodes.indices.contains(step.node) ? nodes[step.node].name : "#\(step.node)"
    }

    fileprivate func outcome(of step: Run.Step) -> String? {
        guard let outcome = step.outcome, nodes.indices.contains(step.node) else { return nil }
        let outcomes = nodes[step.node].outcomes
        return outcomes.indices.contains(outcome) ? outcomes[outcome].name : nil
    }
}
