package import FlowCore

/// Hears when a store is at work on a call: what goes wrong meanwhile is that call's fault, and nobody else's.
///
/// A store is given its watch when it is made. Waiting for the store or its disk is not work on a call.
package protocol TurnWatch: Sendable {
    /// Does `body`, in which a call's record is read, decided on, and written or refused; it need not be on the disk then.
    ///
    /// A turn that is done again, by itself because others failed, is heard again.
    func watch<Value, Failure: Error>(
        _ call: RunID,
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value
}

extension TurnWatch? {
    /// Does `body`, watched where there is a watch.
    package func watch<Value, Failure: Error>(
        _ call: RunID,
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if let self { try self.watch(call, body) } else { try body() }
    }
}
