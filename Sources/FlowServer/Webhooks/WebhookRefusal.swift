import FlowHost

/// What is to be told of a refused webhook.
struct WebhookRefusal: Hashable, Sendable {
    let reason: RefusalReason
    /// Why, in a line for people.
    let words: String
    /// The flow that was asked for.
    private(set) var flow: String?
    /// The number that was called.
    private(set) var number: String?

    init(_ reason: RefusalReason, _ words: String, flow: String? = nil) {
        self.reason = reason
        self.words = words
        self.flow = flow
    }

    init(_ refusal: HostRefusal) {
        switch refusal {
        case .number(let number):
            self.init(.unknownNumber, "no flow answers this number")
            self.number = number
        case .outcome(let outcome, let flow):
            self.init(.noOutcome, "the flow has no transition for \(outcome)", flow: flow)
        case .event(let event, let flow):
            self.init(.unknownRun, "the run is not known: no side run begins by its event \(event)", flow: flow)
        }
    }
}
