package import FlowCore
import FlowStore
import Glibc
import Synchronization

/// Remembers over a crash which calls' turns were under way, so that a call that crashes flowd is set aside.
///
/// What was under way when a process died is suspect: its turns run one at a time from then on, apart from each other,
/// until one succeeds. So of all that died together only the culprit dies again, and the third time its call is parked.
/// Another version of flowd tries it again, and then nothing that it gets through counts but its end. A process is
/// crashed seven times at most by a call, whatever is tried with it.
///
/// The memory is a mapped file, which a crash leaves behind without an fsync. Each process on a store has a file of its
/// own and holds a lock on it; a file without a lock is a dead process's.
package final class CrashGuard: TurnWatch {
    package enum Standing: Hashable, Sendable {
        case clear
        /// It was under way when flowd died.
        case suspect
        /// It was under way too often: its flow is not asked any more by this version of flowd.
        case parked
        /// It was under way seven times: it is not even ended any more.
        case hopeless

        package var isAside: Bool { self == .parked || self == .hopeless }
    }

    /// A turn under way.
    package struct Entry: Sendable {
        /// nil where there was no room to write it down.
        fileprivate let slot: Int?
    }

    /// Crashes after which a call is set aside.
    package static let crashesAtMost = 3
    /// Crashes after which nothing is tried with a call any more, by no version; the last try is to end it.
    static let crashesInAll = 7

    private let memory: Mutex<CrashMemory>
    private let gate = SerialGate()
    private let failpoint: String?

    /// - Parameters:
    ///   - path: each process adds a number to it.
    ///   - version: flowd's.
    ///   - failpoint: `crash-call:<CallUUID>` ends the process in that call's turns; debug builds only.
    /// - Returns: nil where no such file can be made: then nothing is guarded.
    package init?(path: String, version: String, failpoint: String? = nil) {
        guard let memory = CrashMemory.open(path, version: Self.fingerprint(version)) else { return nil }
        self.memory = Mutex(memory)
        self.failpoint = failpoint
    }

    deinit { memory.withLock { $0.letGo() } }

    package func standing(of call: RunID) -> Standing {
        let key = Self.key(call)
        return memory.withLock { $0.standing(of: key) }
    }

    /// How many calls are set aside.
    package var aside: Int { memory.withLock { $0.aside } }

    /// Tells each call's worst standing in the files of all processes beside `path`; it only reads.
    package static func look(_ path: String) -> @Sendable (RunID) -> Standing {
        let suspects = CrashMemory.look(path)
        return { suspects[key($0)]?.standing ?? .clear }
    }

    /// Runs `body` while no other suspect's does.
    ///
    /// A store that has kept one waiting in vain would keep those behind it waiting as long, one after the other: they
    /// fail as it did.
    package func alone<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await gate.enter()
        defer { gate.leave() }
        do {
            return try await body()
        } catch let error as StoreError where error.kind == .unavailable || error.kind == .busy {
            gate.turnAway(error)
            throw error
        }
    }

    // MARK: A turn

    package func watch<Value, Failure: Error>(
        _ call: RunID,
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let entry = enter(call)
        defer { leave(entry) }
        return try body()
    }

    /// Writes down that a turn of a call begins: in memory, well below a microsecond.
    package func enter(_ call: RunID) -> Entry {
        let entry = Entry(slot: memory.withLock { $0.take(Self.key(call)) })
        #if DEBUG
        if failpoint == "crash-call:\(call.text)" { abort() }
        #endif
        return entry
    }

    /// Writes down that it ended.
    package func leave(_ entry: Entry) {
        guard let slot = entry.slot else { return }
        memory.withLock { $0.free(slot) }
    }

    /// Notes what a turn of a suspect showed.
    package func acquit(_ call: RunID, _ proof: CrashProof) {
        memory.withLock { $0.acquit(Self.key(call), proof) }
    }

    /// Never 0, which a file without an owner has.
    private static func fingerprint(_ version: String) -> UInt64 { max(1, FNV1a(version.utf8).sum) }

    /// Never 0, which is an empty slot.
    private static func key(_ call: RunID) -> UInt64 { max(1, call.fingerprint) }
}
