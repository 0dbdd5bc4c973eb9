import FlowCore

/// A callback that moves no turn, of a run that the store does not know, or not any more.
struct UnknownRun {
    private let flows: FlowsAtHand

    init(_ flows: FlowsAtHand) {
        self.flows = flows
    }

    /// Answers with nothing: there is no document, and nothing to be done.
    ///
    /// An event that should have begun a side run is refused aloud.
    ///
    /// - Parameter nothing: the empty answer.
    func decision(_ callback: Callback, _ step: StepAddress, holdsToken: Bool, nothing: [UInt8]) -> Decision {
        var decision = Decision(.answer(nothing))
        guard let flow = flows.flow(step.version) else {
            // Only who holds a token is worth a look into the store.
            guard holdsToken else { return decision }
            return Decision(flows.lost.contains(step.version) ? .unknownFlow : .needs(step.version))
        }
        let interpreter = Interpreter(flow)
        guard let description = interpreter.description(of: callback, node: step.node),
            description.isSigned || holdsToken, description.answer == .nothing
        else { return holdsToken ? Decision(.unknownFlow) : decision }
        decision.refusal = interpreter.event(of: callback, node: step.node).map { .event($0, flow: flow.name) }
        return decision
    }
}
