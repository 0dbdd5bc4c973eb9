/// One webhook of Plivo, parsed and verified.
package struct Arrival: Sendable {
    package enum Kind: Sendable {
        /// Its answer or fallback URL.
        case call
        case message
        case hangup(Hangup)
        /// A dial's action.
        case dialEnded(DialResult)
        /// A dial's callback.
        case leg(LegEvent)
    }

    /// Which flow it is for.
    package enum Target: Sendable {
        /// `/flows/<name>`.
        case flow(String)
        /// `/incoming`: the flow that answers the number in `To`.
        case number(String)
    }

    package var kind: Kind
    package var call: RunID
    package var target: Target
    /// Of a dial's action or callback: the step in the URL.
    package var step: StepAddress?
    package var parameters: Parameters

    package init(kind: Kind, call: RunID, target: Target, step: StepAddress? = nil, parameters: Parameters) {
        self.kind = kind
        self.call = call
        self.target = target
        self.step = step
        self.parameters = parameters
    }
}
