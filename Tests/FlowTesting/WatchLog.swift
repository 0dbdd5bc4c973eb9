package import FlowCore
import FlowStore
import Synchronization

/// What a store's watch heard, and what else was written down meanwhile.
package final class WatchLog: TurnWatch {
    private let kept = Mutex<[String]>([])

    package init() {}

    package var lines: [String] { kept.withLock { $0 } }

    package func write(_ line: String) { kept.withLock { $0.append(line) } }

    package func clear() { kept.withLock { $0 = [] } }

    package func watch<Value, Failure: Error>(
        _ call: RunID,
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        write("\(call) begins")
        defer { write("\(call) ends") }
        return try body()
    }
}
