/// Runs one flow, one event at a time: a value in, a value out.
///
/// It has no clock, network, disk or chance, and keeps nothing between two calls. Whoever drives it holds the ``Run``,
/// stores what comes back, tells Plivo the document, and carries out the orders. Equal inputs give equal turns.
package struct Interpreter: Sendable {
    /// Chooses the outcome of a node that decides by values or by the time, in place of the node: for walks.
    ///
    /// It is told the node and the outcome that the node itself has chosen.
    package typealias Choice = @Sendable (FlowNode, String) -> String

    package let flow: Flow
    private let choose: Choice?

    package init(_ flow: Flow, choose: Choice? = nil) {
        self.flow = flow
        self.choose = choose
    }

    /// Whether the flow has a transition for this kind of run; without it no run begins.
    package func takes(_ kind: RunID.Kind) -> Bool {
        guard let start = flow.start else { return false }
        let node = flow.nodes[start]
        return node.outcomes.indices.contains { index in
            node.outcomes[index].begins == kind && node.transitions[index].target != .omitted
        }
    }

    /// The name of the outcome that a kind of run begins with.
    package func beginning(of kind: RunID.Kind) -> String {
        flow.start.flatMap { start in flow.nodes[start].outcomes.first { $0.begins == kind }?.name } ?? ""
    }

    /// What an event does to a run; nil where it does nothing.
    ///
    /// - Parameter run: nil for ``Event/began(_:)`` and ``Event/rebuilt(_:_:hangup:)``, which make one.
    package func handle(_ event: Event, _ run: Run?, at: Timestamp) -> Turn? {
        switch event {
        case .began(let beginning):
            var walk = Walk(flow: flow, run: newRun(beginning, at: at), at: at, choose: choose)
            walk.begin(beginning)
            return walk.turn
        case .rebuilt(let callback, let step, let hangup):
            guard flow.nodes.indices.contains(step.node) else { return nil }
            let beginning = Beginning(step.run, callback.parameters)
            var walk = Walk(flow: flow, run: newRun(beginning, at: at), at: at, choose: choose)
            return walk.rebuild(beginning, callback, at: step.node, hangup: hangup) ? walk.turn : nil
        default:
            guard let run else { return nil }
            var walk = Walk(flow: flow, run: run, at: at, choose: choose)
            return walk.take(event) ? walk.turn : nil
        }
    }

    /// The document behind a callback that is answered with one: read only, from what is known of the run.
    package func document(_ callback: Callback, _ run: Run, node: Int) -> [Verb]? {
        guard flow.nodes.indices.contains(node) else { return nil }
        var stay = Stay(flow: flow, run: run, at: run.startedAt)
        stay.move(to: node, visit: run.visit(of: node, turn: callback.turn))
        return flow.nodes[node].behavior.document(callback.name, &stay)
    }

    /// What the node of a callback says about it; nil where the node has no such callback.
    package func description(of callback: Callback, node: Int) -> CallbackDescription? {
        guard flow.nodes.indices.contains(node) else { return nil }
        return flow.nodes[node].description.callback(callback.name)
    }

    // MARK: Side runs

    /// The name of the event that a callback tells; nil where it tells none for which the flow names a node.
    package func event(of callback: Callback, node: Int) -> String? {
        guard flow.nodes.indices.contains(node) else { return nil }
        let description = flow.nodes[node].description
        guard let event = description.event(told: callback), flow.nodes[node].events[event].node != nil else {
            return nil
        }
        return description.events[event].name
    }

    /// The side run that a callback asks for.
    ///
    /// - Returns: nil where it tells no event, or one for which the flow names no node, or where the run never came there.
    package func sideBeginning(of callback: Callback, _ run: Run, node: Int) -> SideBeginning? {
        guard flow.nodes.indices.contains(node) else { return nil }
        let description = flow.nodes[node].description
        guard let event = description.event(told: callback), let target = flow.nodes[node].events[event].node,
            let visit = run.visit(of: node, turn: callback.turn)
        else { return nil }
        let key = EventKey(description.events[event], callback.parameters, of: run, visit: visit)
        return SideBeginning(key: key, node: target, parameters: callback.parameters)
    }

    /// Begins a side run.
    ///
    /// - Parameters:
    ///   - id: its own, the same whenever the same event is told.
    ///   - parent: the run that the event is of, as it is by now.
    package func begin(_ side: SideBeginning, id: RunID, of parent: Run, at: Timestamp) -> Turn {
        let run = Run(side: side.key, id: id, of: parent, side.parameters, at: at)
        var walk = Walk(flow: flow, run: run, at: at)
        walk.begin(at: side.node)
        return walk.turn
    }

    private func newRun(_ beginning: Beginning, at: Timestamp) -> Run {
        var run = Run(id: beginning.run, flow: flow, startedAt: at)
        run.from = beginning.parameters["From"].map(PhoneNumber.normalized) ?? ""
        run.to = beginning.parameters["To"].map(PhoneNumber.normalized) ?? ""
        run.direction = beginning.parameters["Direction"] ?? ""
        let isCall = beginning.run.kind == .call
        run.call = CallState(uuid: isCall ? beginning.run.text : "", isOver: !isCall)
        return run
    }
}

extension Run {
    /// A run of a flow that has not come to any node.
    package init(id: RunID, flow: Flow, startedAt: Timestamp) {
        self.init(id: id, flow: flow.name, version: flow.version, startedAt: startedAt, nodes: flow.nodes.count)
    }
}
