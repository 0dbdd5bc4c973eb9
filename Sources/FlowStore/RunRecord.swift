package import FlowCore

/// All that is kept of one call or message.
package struct RunRecord: Hashable, Sendable {
    package let call: RunID
    /// The hangup, once Plivo told it; also that of a call of which nothing else is known.
    package var hangup: Hangup?
    /// When the record began.
    package var createdAt: Timestamp
    /// One a flow that the call came to; the last is under way, the others were ended by a transfer.
    package var runs: [Run]
    /// Whether the sensitive texts of its runs are kept apart from it.
    package var isApart = false
    /// Fields that a newer flowd wrote, kept as they are.
    package var unknownFields = UnknownFields()

    package init(call: RunID, createdAt: Timestamp, hangup: Hangup? = nil, runs: [Run] = []) {
        self.call = call
        self.hangup = hangup
        self.createdAt = createdAt
        self.runs = runs
    }
}

/// What a turn writes.
package struct RecordChange: Sendable {
    /// A record that begins with the turn of another one, and the deliveries that its run ordered.
    package struct Beginning: Sendable {
        package var record: RunRecord
        package var deliveries: [Delivery]

        package init(_ record: RunRecord, deliveries: [Delivery] = []) {
            self.record = record
            self.deliveries = deliveries
        }
    }

    /// The record as it is from now on; nil leaves it as it was.
    package var record: RunRecord?
    /// Other records that begin with this turn; one that is there already stays as it is, and its deliveries are not made.
    package var begun: [Beginning] = []
    /// Deliveries that begin with this turn, each born claimed by the process that commits it.
    package var deliveries: [Delivery]
    /// Whom those deliveries belong to; nil leaves them to whoever claims them.
    package var worker: WorkerID?
    /// Whether this turn may be answered before it is durable, where ``Durability/deferred`` was asked for.
    package var mayDefer: Bool

    package init(
        record: RunRecord? = nil,
        deliveries: [Delivery] = [],
        worker: WorkerID? = nil,
        mayDefer: Bool = false
    ) {
        self.record = record
        self.deliveries = deliveries
        self.worker = worker
        self.mayDefer = mayDefer
    }

    /// All that begin with this turn, those of other records behind the record's own.
    package var allDeliveries: [Delivery] { deliveries + begun.flatMap(\.deliveries) }

    /// The claims that ``worker`` has on the deliveries from their birth.
    package var claims: [Claim] { worker.map { worker in allDeliveries.map { .first(of: $0.id, by: worker) } } ?? [] }
}

/// Which calls are wanted.
package struct RunQuery: Sendable {
    package var flow: String?
    package var status: Run.Status?
    package var limit: Int

    package init(flow: String? = nil, status: Run.Status? = nil, limit: Int = 100) {
        self.flow = flow
        self.status = status
        self.limit = limit
    }
}
