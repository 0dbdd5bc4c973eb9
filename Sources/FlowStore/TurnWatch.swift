/// Hears when a store is at work on a call: what goes wrong between the two is that call's, and nobody else's.
package protocol TurnWatch: Sendable {
    /// The call's record is about to be read.
    func turnBegins()
    /// What the turn changes is written, or was refused; it need not be on the disk yet.
    func turnEnds()
}

extension Optional<any TurnWatch> {
    /// Does what a store does for one call.
    ///
    /// What is done again, by itself because others failed, is watched again.
    package func around<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        self?.turnBegins()
        defer { self?.turnEnds() }
        return try body()
    }
}
