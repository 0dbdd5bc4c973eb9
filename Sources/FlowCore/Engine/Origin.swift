extension Run {
    /// The event that a side run began by.
    package struct Origin: Hashable, Sendable {
        /// The run that the event is of.
        package var parent: RunID
        /// The node that Plivo reported of.
        package var node: Int
        /// How often ``parent`` had come to the node before, from 0.
        package var visit: Int
        /// The ``EventDescription/name``.
        package var event: String
        /// All that Plivo said with it, by name.
        package var parameters: Datum

        package init(parent: RunID, node: Int, visit: Int, event: String, parameters: Datum) {
            self.parent = parent
            self.node = node
            self.visit = visit
            self.event = event
            self.parameters = parameters
        }
    }

    /// A run that an event begins: a copy of what `parent` knows, with nobody to hear it.
    init(side key: EventKey, id: RunID, of parent: Run, _ parameters: Parameters, at: Timestamp) {
        self = parent
        self.id = id
        startedAt = at
        endedAt = nil
        status = .running
        turn = 0
        wait = nil
        call.isOver = true
        path = []
        notes = []
        answers = []
        outstanding = []
        ordered = 0
        // There is no caller who could hang up.
        tookCallHangup = true
        sideRuns = []
        isPastSideRuns = false
        unknownFields = UnknownFields()
        let said = Datum.object(parameters.pairs.map { .init($0.name, .text($0.value)) })
        origins.append(
            Origin(parent: parent.id, node: key.node, visit: key.visit, event: key.event, parameters: said)
        )
    }

    /// What Plivo said with the event of a node that this side run began by; missing where it began by none of that node.
    package func saidWithEvent(of node: Int) -> Datum {
        origins.last { $0.node == node }?.parameters ?? .missing
    }
}
