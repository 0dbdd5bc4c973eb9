/// Something that happened to a run.
package enum Event: Hashable, Sendable {
    /// A call, a message or a request comes in: a run begins.
    case began(Beginning)
    /// Plivo came to a URL of the run's documents.
    case callback(Callback, StepAddress)
    /// The same, for a turn that the store does not know: the run is rebuilt from the URL and the parameters.
    case rebuilt(Callback, StepAddress, hangup: Hangup?)
    /// The call is over: the hangup URL.
    case hungUp(Hangup)
    /// A request on the call path was answered, or a delivery has ended.
    case requestEnded(EffectKey, RequestResult)
    /// The time that the run waited for has come.
    case timeIsUp
    /// The process that asks on the call path has not come back in time: another asks again.
    case askedAgain
    /// The call went to another flow.
    case transferred(to: String)
    /// The document that the run made cannot be given to Plivo.
    case unanswerable(reason: Note)
}

extension Event {
    /// Whether a caller hears what is answered.
    package var isHeard: Bool {
        switch self {
        case .callback(let callback, _): callback.movesTurn
        case .requestEnded: true
        case .began, .rebuilt, .hungUp, .timeIsUp, .askedAgain, .transferred, .unanswerable: false
        }
    }
}

/// What a run begins with.
package struct Beginning: Hashable, Sendable {
    package var run: RunID
    /// What Plivo sent, or the API request's own parameters.
    package var parameters: Parameters

    package init(_ run: RunID, _ parameters: Parameters) {
        self.run = run
        self.parameters = parameters
    }
}
