package import FlowCore

/// One report on its way to an app server.
package struct Delivery: Hashable, Sendable {
    package enum State: UInt8, Hashable, Sendable, CaseIterable {
        case pending = 1
        case delivered
        /// Given up: kept, and can be sent again.
        case dead
    }

    package struct Attempt: Hashable, Sendable {
        package var at: Timestamp
        /// The HTTP status, or 0 where there was no answer.
        package var statusCode: Int
        /// Why there was none, or why it does not count; empty for a success.
        package var error: String

        package init(at: Timestamp, statusCode: Int, error: String) {
            self.at = at
            self.statusCode = statusCode
            self.error = error
        }
    }

    /// What follows an attempt.
    package enum Next: Hashable, Sendable {
        case delivered
        case retry(at: Timestamp)
        case dead
    }

    package let id: DeliveryID
    package let key: EffectKey
    package let kind: Order.Kind
    package let request: OutboundRequest
    /// Attempts in all, the first included; nil for as many as the ladder has.
    package let maximumAttempts: Int?
    package let createdAt: Timestamp
    package var state = State.pending
    /// When the next attempt is due; of no meaning unless pending.
    package var dueAt: Timestamp
    /// Attempts on the ladder begin anew when a delivery is sent again by hand: those before count no more.
    package var retriedFrom = 0
    /// Whether its end moves the run: not when it is sent again by hand.
    package var movesRun = true
    package var attempts: [Attempt] = []
    /// Fields that a newer flowd wrote into the order, kept as they are.
    var unknownOrderFields = UnknownFields()
    /// Fields that a newer flowd wrote into the progress, kept as they are.
    var unknownProgressFields = UnknownFields()

    package init(order: Order, createdAt: Timestamp) {
        id = DeliveryID(order.key)
        key = order.key
        kind = order.kind
        request = order.request
        maximumAttempts = order.attempts
        self.createdAt = createdAt
        dueAt = createdAt
    }
}

/// Which delivery a worker holds, and the number of the claim: whoever holds an older number has lost it.
package struct Claim: Hashable, Sendable {
    package var delivery: DeliveryID
    package var worker: WorkerID
    package var number: Int

    package init(delivery: DeliveryID, worker: WorkerID, number: Int) {
        self.delivery = delivery
        self.worker = worker
        self.number = number
    }

    /// The claim that a delivery is born with.
    package static func first(of delivery: DeliveryID, by worker: WorkerID) -> Claim {
        Claim(delivery: delivery, worker: worker, number: 1)
    }
}

package struct ClaimedDelivery: Hashable, Sendable {
    package var delivery: Delivery
    package var claim: Claim

    package init(_ delivery: Delivery, claim: Claim) {
        self.delivery = delivery
        self.claim = claim
    }
}

/// Which deliveries are wanted, newest first.
package struct DeliveryQuery: Sendable {
    package var state: Delivery.State?
    package var limit: Int

    package init(state: Delivery.State? = nil, limit: Int = 100) {
        self.state = state
        self.limit = limit
    }
}

/// How much is still to be delivered.
package struct Backlog: Hashable, Sendable {
    package var pending: Int
    package var delivered: Int
    package var dead: Int
    /// When the first of the pending ones is or was due.
    package var oldestDue: Timestamp?
    /// When the oldest of the pending ones was ordered.
    package var oldestCreated: Timestamp?

    package init(
        pending: Int = 0,
        delivered: Int = 0,
        dead: Int = 0,
        oldestDue: Timestamp? = nil,
        oldestCreated: Timestamp? = nil
    ) {
        self.pending = pending
        self.delivered = delivered
        self.dead = dead
        self.oldestDue = oldestDue
        self.oldestCreated = oldestCreated
    }
}

/// The books: what runs ordered, and what became of it.
package struct Audit: Hashable, Sendable {
    package var enqueued: Int
    package var delivered: Int
    package var dead: Int
    package var pending: Int
    /// Calls whose sums differ: enqueued, and found.
    package var differences: [Difference]

    package struct Difference: Hashable, Sendable {
        package var call: RunID
        package var enqueued: Int
        package var found: Int

        package init(call: RunID, enqueued: Int, found: Int) {
            self.call = call
            self.enqueued = enqueued
            self.found = found
        }
    }

    package init(enqueued: Int = 0, delivered: Int = 0, dead: Int = 0, pending: Int = 0, differences: [Difference] = [])
    {
        self.enqueued = enqueued
        self.delivered = delivered
        self.dead = dead
        self.pending = pending
        self.differences = differences
    }

    package var balances: Bool { differences.isEmpty && enqueued == delivered + dead + pending }
}
