import FlowCore
package import Logging
import Synchronization

/// Warns of refused webhooks: of each reason once in a while, for anyone can send them.
package final class RefusalWarnings: Sendable {
    private struct Past {
        var last: ContinuousClock.Instant
        /// Refusals since then that were not told of.
        var suppressed = 0
    }

    private let logger: Logger
    private let pause: Duration
    private let past = Mutex<[RefusalReason: Past]>([:])

    /// - Parameter pause: between two warnings of one reason.
    package init(logger: Logger, pause: Duration = .seconds(1)) {
        self.logger = logger
        self.pause = pause
    }

    /// - Parameters:
    ///   - url: what was asked for, without its query.
    ///   - status: of the answer.
    func warn(_ refusal: WebhookRefusal, url: String, status: Int, at now: ContinuousClock.Instant = .now) {
        let suppressed: Int? = past.withLock { past in
            if let before = past[refusal.reason], before.last.duration(to: now) < pause {
                past[refusal.reason]?.suppressed += 1
                return nil
            }
            defer { past[refusal.reason] = Past(last: now) }
            return past[refusal.reason]?.suppressed ?? 0
        }
        guard let suppressed else { return }
        var metadata: Logger.Metadata = [
            "url": "\(LogText.clean(url))", "reason": "\(LogText.clean(refusal.words))",
            "status": .stringConvertible(status), "suppressed": .stringConvertible(suppressed),
        ]
        if let flow = refusal.flow { metadata["flow"] = "\(LogText.clean(flow))" }
        if let number = refusal.number { metadata["number"] = "\(LogText.clean(number))" }
        logger.warning(refusal.reason.message, metadata: metadata)
    }
}

extension RefusalReason {
    fileprivate var message: Logger.Message {
        switch self {
        case .signature: "refused a request without a valid signature"
        case .unknownNumber, .noOutcome, .unknownRun: "refused what no flow takes"
        case .malformed, .host, .tooLarge, .method, .unknownAddress, .unknownFlow, .notAWebhook: "refused a request"
        }
    }
}
