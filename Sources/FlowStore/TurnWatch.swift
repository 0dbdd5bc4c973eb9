/// Hears when a store is at work on a call: what goes wrong between the two is that call's, and nobody else's.
///
/// A turn that is done again, by itself because others failed, is heard again.
package protocol TurnWatch: Sendable {
    /// The call's record is about to be read.
    func turnBegins()
    /// What the turn changes is written, or was refused; it need not be on the disk yet.
    func turnEnds()
}
