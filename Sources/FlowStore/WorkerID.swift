/// One process on a store.
///
/// A new one at every start. It says on which machine the process is and under which number, so that a peer there sees
/// at once that it is gone, and need not wait for its beat to stand still.
package struct WorkerID: Hashable, Sendable {
    package let value: Int64

    package init(_ value: Int64) {
        self.value = value
    }

    /// - Parameters:
    ///   - machine: the same for all processes that see each other's numbers, and 0 where that is not known; 24 bits count.
    ///   - process: the process's number there; 22 bits count, as many as Linux gives out (proc(5), `pid_max`).
    ///   - nonce: by chance, against a number that is given out again; 17 bits count.
    package init(machine: UInt32, process: Int32, nonce: UInt32) {
        let process = UInt32(bitPattern: process)
        value = Int64(machine & 0xFF_FFFF) << 39 | Int64(process & 0x3F_FFFF) << 17 | Int64(nonce & 0x1_FFFF)
    }

    /// Whether `peer` is certainly gone: it ran where this process runs, and its number is nobody's, or this process's.
    package func knowsGone(_ peer: WorkerID, isRunning: (Int32) -> Bool) -> Bool {
        guard peer != self, machine != 0, peer.machine == machine else { return false }
        return peer.process == process || !isRunning(peer.process)
    }

    private var machine: Int64 { value >> 39 }
    private var process: Int32 { Int32(value >> 17 & 0x3F_FFFF) }
}
