/// One process on a store.
///
/// A new one at every start: 8 random bytes, drawn by the command.
package struct WorkerID: Hashable, Sendable {
    package let value: Int64

    package init(_ value: Int64) {
        self.value = value
    }
}
