/// One webhook of Plivo, parsed and verified.
package struct Arrival: Sendable {
    package enum Kind: Sendable {
        /// Its answer or fallback URL.
        case call
        case message
        case hangup(Hangup)
        /// A URL that flowd put into a document.
        case callback(Callback, StepAddress)
    }

    /// Which flow it is for.
    package enum Target: Sendable {
        /// `/flows/<name>`.
        case flow(String)
        /// `/incoming`: the flow that answers the number in `To`.
        case number(String)
    }

    package var kind: Kind
    /// The key of the record that it is about.
    package var run: RunID
    package var target: Target
    package var parameters: Parameters
    /// Whether the URL held a token that only flowd can have made.
    package var holdsToken = false

    package init(kind: Kind, run: RunID, target: Target, parameters: Parameters) {
        self.kind = kind
        self.run = run
        self.target = target
        self.parameters = parameters
    }

    /// Whether a caller listens to the answer.
    package var isHeard: Bool {
        switch kind {
        case .call: true
        case .message, .hangup: false
        case .callback(let callback, _): callback.movesTurn
        }
    }
}
