package import FlowCore

/// One thing that happened on a stage, in the order it did.
package struct Moment: Sendable {
    package enum Kind: Sendable {
        /// Plivo came: what it wanted, in words.
        case webhook(String)
        /// What it was told.
        case answer([UInt8])
        case request(RequestMade, ScriptedAnswer)
        /// The time that a run waited for is up.
        case timeIsUp
    }

    package var at: Timestamp
    package var kind: Kind
}
