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
            machine: isKnown ? max(1, fold(boot + Array(space.utf8)) & 0xFF_FFFF) : 0,
            process: getpid(),
            nonce: .random(in: 0...0x1_FFFF)
        )
    }

    /// FNV-1a, 32 bits: the same in every process, which `Hasher` is not.
    private static func fold(_ bytes: [UInt8]) -> UInt32 {
        bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}
