/// What one event did to a run.
package struct Turn: Hashable, Sendable {
    package var run: Run
    /// What the webhook of this turn is answered; nil where a request has to be answered first, or nobody waits.
    package var document: [Verb]?
    /// Requests to deliver, off the call path.
    package var orders: [Order]

    package init(run: Run, document: [Verb]? = nil, orders: [Order] = []) {
        self.run = run
        self.document = document
        self.orders = orders
    }
}
