import FlowCore
import Synchronization

/// A clock that only the test moves, in whole seconds, back too.
final class VirtualClock: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 1_775_648_073_238))

    func now() -> Timestamp { time.withLock { $0 } }

    func move(_ seconds: Int) { time.withLock { $0 = $0 + seconds } }
}
