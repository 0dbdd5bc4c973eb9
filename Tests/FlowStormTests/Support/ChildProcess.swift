import Foundation
import Glibc
import Synchronization

/// A process that this test started, and may kill.
final class ChildProcess: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let id: pid_t
    private let status = Mutex<Int32?>(nil)

    /// - Parameters:
    ///   - environment: all that it gets.
    ///   - output: where both of its outputs are appended.
    init(_ arguments: [String], environment: [String: String], output: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        Self.keepConnections()
        let words = arguments.map { strdup($0) }
        let variables = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { (words + variables).forEach { free($0) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, arguments[0], &actions, nil, words + [nil], variables + [nil])
        guard code == 0 else { throw Failure(description: "\(arguments[0]): \(String(cString: strerror(code)))") }
        id = child
    }

    /// Otherwise the child would hold on to this process's connections, and nobody would see them close.
    private static func keepConnections() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
            if let descriptor = Int32(name), descriptor > 2 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        }
    }

    deinit {
        if state() == nil {
            kill(id, SIGKILL)
            waitpid(id, nil, 0)
        }
    }

    func signal(_ number: Int32) { if state() == nil { kill(id, number) } }

    /// How it ended, as waitpid(2) has it; nil while it runs.
    func state() -> Int32? {
        status.withLock { status in
            if status == nil {
                var found: Int32 = 0
                if waitpid(id, &found, WNOHANG) == id { status = found }
            }
            return status
        }
    }

    /// Waits for the end.
    ///
    /// - Returns: the exit code, or the signal's number below zero.
    func end(within limit: Duration = .seconds(60)) async throws -> Int32 {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if let status = state() { return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F) }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Failure(description: "the process \(id) does not end")
    }

    /// Ends it at once, as a crash would.
    func crash() async throws {
        signal(SIGKILL)
        _ = try await end()
    }
}
