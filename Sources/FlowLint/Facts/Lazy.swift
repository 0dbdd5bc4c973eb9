import Synchronization

/// A value that is worked out where somebody first asks for it, and kept.
final class Lazy<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    /// - Parameter make: called once; whoever else asks in the meantime waits for it.
    func get(_ make: () -> Value) -> Value {
        value.withLock { value in
            if let value { return value }
            let made = make()
            value = made
            return made
        }
    }
}
