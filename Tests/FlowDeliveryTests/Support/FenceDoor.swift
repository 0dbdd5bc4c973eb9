import FlowHost
import Synchronization

/// A fence that is not known to be open at one of the times that it is looked at, and says what it is when asked.
final class FenceDoor: Sendable {
    private struct State {
        var looks = 0
        var asked = 0
    }

    private let look: Int
    private let isOpen: Bool
    private let state = Mutex(State())

    /// - Parameter look: at which look it is closed, from 1.
    init(closesAt look: Int, isOpen: Bool) {
        self.look = look
        self.isOpen = isOpen
    }

    var asked: Int { state.withLock { $0.asked } }

    var fence: SendFence {
        SendFence {
            self.state.withLock { state in
                state.looks += 1
                return state.looks != self.look
            }
        } ask: {
            self.state.withLock { $0.asked += 1 }
            return self.isOpen
        }
    }
}
