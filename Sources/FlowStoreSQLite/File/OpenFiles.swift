import Dispatch
import FlowStore
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The store's files as they were when they were opened.
///
/// A process goes on writing to a file that was removed, renamed or replaced, and the next start never sees what it wrote
/// (sqlite.org/howtocorrupt.html, section 2.4). So the store is gone from the moment on at which that is found, until it
/// is opened again.
final class OpenFiles: Sendable {
    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    private struct State {
        var known: [String: Identity] = [:]
        var failure: StoreError?
    }

    private let path: String
    private let state = Mutex(State())
    private let isGone = Atomic(false)
    private let onLoss: @Sendable () -> Void
    private let stop = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - path: the database's, without symbolic links in it.
    ///   - onLoss: called once, when a file is not the open one any more.
    init(path: String, onLoss: @escaping @Sendable () -> Void) {
        self.path = path
        self.onLoss = onLoss
    }

    /// Throws once the store is gone; looks at no file.
    func check() throws(StoreError) {
        if isGone.load(ordering: .acquiring), let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Compares the files with those that were there before, and remembers those that were not.
    func look() throws(StoreError) {
        try check()
        guard let name = ["", "-wal", "-shm"].first(where: { !isThere(path + $0) }) else { return }
        let failure = StoreError(
            "the store \(path): \(path)\(name) was removed, renamed or replaced while it is in use: restart flowd",
            .unavailable
        )
        let isNews = state.withLock { state in
            defer { state.failure = state.failure ?? failure }
            return state.failure == nil
        }
        isGone.store(true, ordering: .releasing)
        if isNews { onLoss() }
        throw failure
    }

    /// Looks now and then, on a thread of its own, as a look may hang; ``stopLooking()`` ends it.
    func lookOften(every seconds: Int) {
        DispatchQueue(label: "flowd.store.files").async {
            while self.stop.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
                // What is found is kept, and thrown to whoever asks for something.
                try? self.look()
            }
        }
    }

    func stopLooking() { stop.signal() }

    private func isThere(_ file: String) -> Bool {
        var status = stat()
        let found: Identity?
        if stat(file, &status) == 0 {
            found = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        } else if errno == ENOENT || errno == ENOTDIR {
            found = nil
        } else {
            // The disk does not say: its failures show elsewhere.
            return true
        }
        return state.withLock { state in
            guard let known = state.known[file] else {
                state.known[file] = found
                return true
            }
            return known == found
        }
    }
}
