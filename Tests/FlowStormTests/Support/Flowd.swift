import Foundation
import Synchronization

/// `flowd serve` on a port of its own, started again as often as it dies.
final class Flowd: Sendable {
    let site: Site
    let port: Int
    private let adminPort: Int
    private let environment: [String: String]
    private let process = Mutex<ChildProcess?>(nil)

    init(_ site: Site, environment: [String: String] = [:]) throws {
        self.site = site
        self.environment = environment
        port = try freePort()
        adminPort = try freePort()
    }

    var base: String { "http://127.0.0.1:\(port)" }
    var admin: String { "http://127.0.0.1:\(adminPort)" }
    var child: ChildProcess? { process.withLock { $0 } }

    /// Starts the process; it may be a while until it serves.
    ///
    /// - Parameters:
    ///   - output: where it logs to; the site's log where it is left out.
    ///   - level: of what it logs.
    func start(output: String? = nil, level: String = "notice") throws {
        let ladder = Array(repeating: "1s", count: 60).joined(separator: ",")
        // A file that may grow no more ends a process, unless it does not hear of it.
        let shell = ["/bin/sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""]
        let child = try ChildProcess(
            shell + [
                Site.binary(), "serve", site.folder + "/flows", "--store", site.store, "--port", "\(port)",
                "--admin-port", "\(adminPort)", "--retry-ladder", ladder, "--log-level", level,
            ],
            environment: environment.merging(["PLIVO_AUTH_TOKEN": Site.token]) { own, _ in own },
            output: output ?? site.log
        )
        process.withLock { $0 = child }
    }

    /// Waits until it takes webhooks.
    func serves(_ cloud: PlivoCloud, within limit: Duration = .seconds(60)) async throws {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if let status = child?.state() { throw ChildProcess.Failure(description: "flowd ended with \(status)") }
            if await cloud.get(base + "/healthz")?.status == 200 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw ChildProcess.Failure(description: "flowd does not serve within \(limit)")
    }

    func crash() async throws { try await child?.crash() }

    /// Tells it to stop, as an operator does.
    func stop() async throws -> Int32 {
        child?.signal(SIGTERM)
        return try await child?.end() ?? 0
    }
}
