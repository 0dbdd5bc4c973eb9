import FlowCore
import FlowStore
import Logging

/// Logs steps and ends of runs, and counts failed runs.
struct RunLog {
    let logger: Logger
    let counters: HostCounters
    let shelf: FlowShelf

    /// Logs what a turn at `at` did: its steps, and the runs that it ended.
    func log(_ record: RunRecord, at: Timestamp) {
        if logger.logLevel <= .debug { for run in record.runs { logSteps(of: run, at: at) } }
        for run in record.runs where run.endedAt == at { logEnd(of: run) }
    }

    /// Says of a run that its events begin no more side runs.
    func logSideRunsEnd(_ run: RunID) {
        counters.countSideRunLimit()
        logger.warning(
            "a run has begun as many side runs as it may: its events begin no more",
            metadata: ["call": "\(LogText.clean(run.text))"]
        )
    }

    private func logEnd(of run: Run) {
        if run.status == .failed { counters.countFailedRun() }
        let flow = shelf.loaded(run.version)
        let notes = run.notes.map { $0.text(in: flow) }
        let decisive = flow?.decisiveStep(of: run)
        var metadata: Logger.Metadata = [
            "run": "\(LogText.clean(run.id.text))", "flow": "\(run.flow)", "version": "\(run.version)",
            "status": "\(run.status)",
            "from": "\(LogText.clean(run.from))", "to": "\(LogText.clean(run.to))",
            "node": "\(decisive.flatMap { flow?.name(of: $0) } ?? "")",
            "outcome": "\(decisive.flatMap { flow?.outcome(of: $0) } ?? "")",
            "seconds": .stringConvertible(run.seconds),
            "deliveries": .stringConvertible(run.ordered),
            "steps": .stringConvertible(run.path.count),
            "notes": .array(notes.map { "\(LogText.clean($0))" }),
        ]
        if let origin = run.origins.last {
            metadata["parent"] = "\(LogText.clean(origin.parent.text))"
            metadata["began_by"] = "\(flow?.name(ofNode: origin.node) ?? "#\(origin.node)").\(origin.event)"
        }
        logger.log(
            level: run.status == .failed ? .error : .info,
            run.origins.isEmpty ? "run ended" : "side run ended",
            metadata: metadata
        )
    }

    /// Logs which nodes a turn came to, and by which outcome of the node before.
    private func logSteps(of run: Run, at: Timestamp) {
        guard let flow = shelf.loaded(run.version) else { return }
        for (index, step) in run.path.enumerated() where step.at == at {
            logStep(flow, run, flow.name(of: step), after: index > 0 ? run.path[index - 1] : nil)
        }
        if run.endedAt == at, let last = run.path.last, last.outcome != nil { logStep(flow, run, "end", after: last) }
    }

    private func logStep(_ flow: Flow, _ run: Run, _ node: String, after step: Run.Step?) {
        logger.debug(
            "step",
            metadata: [
                "run": "\(LogText.clean(run.id.text))", "flow": "\(run.flow)", "node": "\(node)",
                "after": "\(step.map(flow.name) ?? "")", "outcome": "\(step.flatMap(flow.outcome) ?? "")",
            ]
        )
    }
}

extension Run {
    /// From its beginning to its end, reports included, to the millisecond.
    fileprivate var seconds: Double {
        guard let endedAt else { return 0 }
        return Double(max(0, endedAt.milliseconds - startedAt.milliseconds)) / 1_000
    }
}

extension Flow {
    fileprivate func name(of step: Run.Step) -> String { name(ofNode: step.node) }

    fileprivate func name(ofNode index: Int) -> String {
        nodes.indices.contains(index) ? nodes[index].name : "#\(index)"
    }

    /// The visit that says how the call went: the last one with an outcome of a node that its caller heard or answered, such
    /// as a dial; of a run without one the last one with an outcome.
    fileprivate func decisiveStep(of run: Run) -> Run.Step? {
        let ended = run.path.filter { outcome(of: $0) != nil }
        return ended.last { nodes[$0.node].description.holdsCaller } ?? ended.last
    }

    fileprivate func outcome(of step: Run.Step) -> String? {
        guard let outcome = step.outcome, nodes.indices.contains(step.node) else { return nil }
        let outcomes = nodes[step.node].outcomes
        return outcomes.indices.contains(outcome) ? outcomes[outcome].name : nil
    }
}
