import FlowCore
package import FlowHost
package import Logging
import ServiceLifecycle

/// Wakes runs whose time has come: a call was hung up and its dial has no result, or a dial gave no sign at all.
package struct Sweeper: Service {
    private static let every = Duration.milliseconds(500)
    /// Calls at once; more than that, and it looks again without a pause.
    private static let batch = 256

    private let host: Host
    private let logger: Logger

    package init(host: Host, logger: Logger) {
        self.host = host
        self.logger = logger
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var isFailing = false
            while true {
                do {
                    let count = try await host.wakeDue(limit: Self.batch)
                    isFailing = false
                    if count == Self.batch { continue }
                } catch {
                    try Task.checkCancellation()
                    // Said once, not twice a second.
                    if !isFailing {
                        logger.error("could not wake runs", metadata: ["error": "\(LogText.clean("\(error)"))"])
                    }
                    isFailing = true
                }
                try await Task.sleep(for: Self.every)
            }
        }
    }
}
