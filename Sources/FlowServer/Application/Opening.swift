import Synchronization

/// Notes which ports are open, and tells once all of them are: what is announced is true then.
final class Opening: Sendable {
    private let ports = Mutex<[Listener.Purpose: Int]>([:])
    private let onOpen: @Sendable ([Listener.Purpose: Int]) -> Void

    init(onOpen: @escaping @Sendable ([Listener.Purpose: Int]) -> Void) {
        self.onOpen = onOpen
    }

    func note(_ purpose: Listener.Purpose, _ port: Int) {
        let all = ports.withLock { ports in
            ports[purpose] = port
            return ports
        }
        if all.count == Listener.Purpose.allCases.count { onOpen(all) }
    }
}
