/// A moment at which a process may die, as its store sees it.
package enum Failpoint: String, CaseIterable, Sendable {
    /// A turn was decided, and nothing is written.
    case beforeTurn
    /// A turn is written, and nobody knows.
    case afterTurn
    /// An attempt was made, and nothing is written.
    case beforeAttempt
    /// An attempt is written down, and nobody knows.
    case afterAttempt
}

/// What everything throws in a process that died.
package struct Crash: Error {
    package init() {}
}
