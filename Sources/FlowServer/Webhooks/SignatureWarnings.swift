import FlowCore
import FlowHost
package import Logging
import Synchronization

/// Warns of requests that Plivo did not sign: once in a while, for anyone can send them.
package final class SignatureWarnings: Sendable {
    private struct State {
        var last: ContinuousClock.Instant?
        var suppressed = 0
    }

    private let logger: Logger
    private let pause: Duration
    private let state = Mutex(State())

    /// - Parameter pause: between two warnings.
    package init(logger: Logger, pause: Duration = .seconds(10)) {
        self.logger = logger
        self.pause = pause
    }

    /// - Parameters:
    ///   - url: what the signature should have been over, without its query.
    ///   - reason: what was missing.
    func refused(_ url: String, _ reason: String, at now: ContinuousClock.Instant = .now) {
        let suppressed: Int? = state.withLock { state in
            if let last = state.last, last.duration(to: now) < pause {
                state.suppressed += 1
                return nil
            }
            defer { state = State(last: now) }
            return state.suppressed
        }
        guard let suppressed else { return }
        logger.warning(
            "refused a request without a valid signature",
            metadata: [
                "url": "\(LogText.clean(url))", "reason": "\(LogText.clean(reason))",
                "suppressed": .stringConvertible(suppressed),
            ]
        )
    }
}
