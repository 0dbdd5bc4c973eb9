/// Why a request on the webhook port was refused, as metrics name it.
package enum RefusalReason: String, Hashable, Sendable, CaseIterable {
    /// No HTTP, or a header over a limit.
    case malformed
    /// The `Host` field is missing, there twice or malformed.
    case host
    case tooLarge = "too_large"
    case method
    case signature
    case unknownAddress = "unknown_address"
    case unknownFlow = "unknown_flow"
    /// The parameters are none of Plivo's.
    case notAWebhook = "not_a_webhook"
    /// A number that no flow answers.
    case unknownNumber = "unknown_number"
    /// A flow without the outcome that arrives.
    case noOutcome = "no_outcome"
    /// An event of a run that the store does not know.
    case unknownRun = "unknown_run"
}
