package import FlowCore
package import FlowStore

/// Takes what became of a delivery's attempt: writes it down, and moves the run where the delivery has ended.
package protocol DeliverySink: Sendable {
    /// Writes down an attempt, what follows it, and what its end does to the run, in one commit.
    ///
    /// Returns when that is durable, and also where the claim was lost meanwhile: then nothing was written and nothing
    /// is left to do. Throws where the store cannot be written: the caller keeps the outcome and asks again.
    func attempted(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        _ result: RequestResult
    ) async throws
}
