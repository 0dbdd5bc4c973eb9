import FlowCore
import FlowStore
import Foundation
import Glibc

extension WorkerID {
    /// This process.
    ///
    /// What the kernel calls this boot and this space of process numbers stands for the machine.
    static var here: WorkerID {
        let boot = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id").map { Array($0) } ?? []
        let space = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        let isKnown = !boot.isEmpty && !space.isEmpty
        return WorkerID(
            machine: isKnown ? max(1, FNV1a(boot + Array(space.utf8)).folded & 0xFF_FFFF) : 0,
            process: getpid(),
            nonce: .random(in: 0...0x1_FFFF)
        )
    }
}
