/// What one event did to a run.
package struct Turn: Hashable, Sendable {
    package var run: Run
    /// The answer to this turn's webhook; nil while a request has to end first, or where no webhook waits.
    package var document: [Verb]?
    /// Requests to deliver, off the call path.
    package var orders: [Order]

    package init(run: Run, document: [Verb]? = nil, orders: [Order] = []) {
        self.run = run
        self.document = document
        self.orders = orders
    }
}
