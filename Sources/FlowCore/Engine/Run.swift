/// One call or message on its way through one flow: everything flowd remembers of it.
package struct Run: Hashable, Sendable {
    package enum Status: UInt8, Hashable, Sendable, CaseIterable {
        /// The call is up.
        case running = 1
        /// The call needs nothing more; a report is still to be delivered.
        case delivering
        case finished
        /// flowd could not go on: `on_error`.
        case failed
    }

    /// What a run waits for.
    package enum Waiting: Hashable, Sendable {
        case dial(AwaitedDial)
        /// The answer to a request on the call path.
        case request(AwaitedRequest)
        /// The end of a delivery, from which the run goes on.
        case delivery(EffectKey)
        /// Nothing that would move it.
        case nothing
    }

    /// A node that the run came to.
    package struct Step: Hashable, Sendable {
        package var node: Int
        /// The outcome's place in the node type's list; nil while the node is under way.
        package var outcome: Int?
        package var at: Timestamp

        package init(node: Int, outcome: Int? = nil, at: Timestamp) {
            self.node = node
            self.outcome = outcome
            self.at = at
        }
    }

    /// What was answered to Plivo at a turn.
    package struct Answer: Hashable, Sendable {
        package var turn: Int
        package var bytes: [UInt8]

        package init(turn: Int, bytes: [UInt8]) {
            self.turn = turn
            self.bytes = bytes
        }
    }

    package let call: RunID
    package let flow: String
    package let version: VersionID
    package var status = Status.running
    /// The turn whose webhook is expected next: as many as were answered.
    package var turn = 0
    package var waiting = Waiting.nothing
    /// Nothing is dialled any more.
    package var callEnded = false
    /// What Plivo said as the call ended.
    package var hangup: Hangup?
    package var startedAt: Timestamp
    package var endedAt: Timestamp?
    /// When the run wants ``Event/woke``.
    package var wake: Timestamp?
    package var from = ""
    package var to = ""
    package var direction = ""
    package var dials = 0
    /// By node: what it gave when it last ran, in the order of the type's values; empty before.
    package var values: [[Datum]]
    package var path: [Step] = []
    package var notes: [String] = []
    package var answers: [Answer] = []
    /// Deliveries that have not ended and on which nothing waits.
    package var outstanding: [EffectKey] = []
    /// Deliveries ordered in all: what the books are checked against.
    package var ordered = 0

    package init(call: RunID, flow: Flow, startedAt: Timestamp) {
        self.init(call: call, flow: flow.name, version: flow.version, startedAt: startedAt, nodes: flow.nodes.count)
    }

    init(call: RunID, flow: String, version: VersionID, startedAt: Timestamp, nodes: Int) {
        self.call = call
        self.flow = flow
        self.version = version
        self.startedAt = startedAt
        values = Array(repeating: [], count: nodes)
    }
}

/// A `<Dial>` whose result has not come.
package struct AwaitedDial: Hashable, Sendable {
    package var node: Int
    /// All targets of the node, in order.
    package var targets: [DialTarget]
    /// In a sequence, which of them rings; nil when all do.
    package var index: Int?
    package var callerID: String
    /// When the `<Dial>` was answered to Plivo.
    package var startedAt: Timestamp
    /// When a leg answered, as far as callbacks told.
    package var answeredAt: Timestamp?
    package var bLegUUID = ""
    /// The leg that answered.
    package var answeredBy = ""
    /// Seconds, from the callback that said the leg is over.
    package var duration: Int?
    /// The call is over, but the dial's action has not come.
    package var hangup: Hangup?

    package init(node: Int, targets: [DialTarget], index: Int?, callerID: String, startedAt: Timestamp) {
        self.node = node
        self.targets = targets
        self.index = index
        self.callerID = callerID
        self.startedAt = startedAt
    }
}

/// A request on the call path whose answer has not come: Plivo is waiting.
package struct AwaitedRequest: Hashable, Sendable {
    package var key: EffectKey
    package var request: OutboundRequest
    /// When Plivo's webhook came: all requests of one webhook share ``RunLimits/callPathSeconds``.
    package var webhookAt: Timestamp
    /// Until when the asking process has the word; afterwards another may ask again, under the same id.
    package var until: Timestamp
    /// How many nodes the webhook has led through.
    package var steps: Int

    package init(key: EffectKey, request: OutboundRequest, webhookAt: Timestamp, until: Timestamp, steps: Int) {
        self.key = key
        self.request = request
        self.webhookAt = webhookAt
        self.until = until
        self.steps = steps
    }
}

extension Run {
    package var hasEnded: Bool { status == .finished || status == .failed }

    /// What was answered at `turn`, where it is still known.
    package func answer(at turn: Int) -> [UInt8]? { answers.last { $0.turn == turn }?.bytes }

    /// How often the run has come to a node.
    package func visits(of node: Int) -> Int { path.count { $0.node == node } }
}
