/// A URL in a document: somebody else's, or one of flowd's own that is written when the public address is known.
package enum Link: Hashable, Sendable {
    case url(String)
    case own(CallbackAddress)
}

/// One of flowd's own URLs: a callback of a step.
package struct CallbackAddress: Hashable, Sendable {
    /// How much of the run the URL has to say itself.
    package enum Access: Hashable, Sendable {
        /// Nothing: the CallUUID that comes along is the run's key.
        case byCall
        /// The run's key: the CallUUID that comes along may be another leg's.
        case byRun
        /// The run's key and a token that cannot be guessed: Plivo may come without a signature.
        case byToken
    }

    package var step: StepAddress
    /// ``Callback/name``.
    package var name: String
    package var access: Access

    package init(_ step: StepAddress, _ name: String, _ access: Access) {
        self.step = step
        self.name = name
        self.access = access
    }
}

/// The step of a run that a URL in a document belongs to.
package struct StepAddress: Hashable, Sendable {
    package var run: RunID
    package var flow: String
    package var version: VersionID
    package var node: Int
    /// The turn that the webhook to this URL begins.
    package var turn: Int

    package init(run: RunID, flow: String, version: VersionID, node: Int, turn: Int) {
        self.run = run
        self.flow = flow
        self.version = version
        self.node = node
        self.turn = turn
    }
}
