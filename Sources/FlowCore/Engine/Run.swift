/// One walk through one flow: everything that flowd remembers of it.
package struct Run: Hashable, Sendable {
    package enum Status: UInt8, Hashable, Sendable, CaseIterable {
        /// A call is up, or something but a delivery is awaited.
        case running = 1
        /// The call needs nothing more; a report is still to be delivered.
        case delivering
        case finished
        /// flowd could not go on: `on_error`.
        case failed
    }

    /// A node that the run came to: one visit.
    package struct Step: Hashable, Sendable {
        package var node: Int
        /// The outcome's index among the node's; nil while the node is under way.
        package var outcome: Int?
        package var at: Timestamp
        /// How many turns were answered before the run came here.
        package var turn: Int
        /// What Plivo reported during the visit, in its order.
        package var heard: [Heard] = []
        /// What the node keeps of the visit for the record, such as a dial's legs; ``Datum/missing`` for nothing.
        package var details = Datum.missing

        package init(node: Int, outcome: Int? = nil, at: Timestamp, turn: Int = 0) {
            self.node = node
            self.outcome = outcome
            self.at = at
            self.turn = turn
        }
    }

    /// Something that Plivo reported of a node, so that a recorded call can be played again.
    package struct Heard: Hashable, Sendable {
        /// The ``PlayStep/key``; ``hangup`` where the end of the call decided, ``nothing`` where nothing came in time.
        package var key: String
        /// The step's word.
        package var word: String
        package var at: Timestamp
        /// What the node read of it.
        package var parameters: [Parameter]

        package struct Parameter: Hashable, Sendable {
            package var name: String
            package var value: String
        }

        package init(_ key: String, _ word: String = "", at: Timestamp, _ parameters: [(String, String)] = []) {
            self.key = key
            self.word = word
            self.at = at
            self.parameters = parameters.map { Parameter(name: $0.0, value: $0.1) }
        }

        package static let hangup = "hangup"
        package static let nothing = "nothing"
        /// Only the outcome is known, of the visit or of the attempt that the word says: what was entered is sensitive, or
        /// the run is of a store that kept no more.
        package static let outcome = "outcome"
        /// The keys that are no step of a node, and end its visit.
        package static let decisions: Set = [hangup, nothing, outcome]
        /// Reports that are kept of one visit.
        static let limit = 100
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

    package internal(set) var id: RunID
    package let flow: String
    package let version: VersionID
    package var status = Status.running
    /// The turn whose webhook is expected next: as many as were answered.
    package var turn = 0
    /// nil where nothing would move the run.
    package var wait: Wait?
    package var call = CallState()
    package var startedAt: Timestamp
    package var endedAt: Timestamp?
    package var from = ""
    package var to = ""
    package var direction = ""
    /// By node: what it gave when it last ran, in the order of the type's values; empty before.
    package var values: [[Datum]]
    /// By the flow's variables: what they hold; empty before one was changed.
    package var variables: [Datum] = []
    package var path: [Step] = []
    package var notes: [Note] = []
    package var answers: [Answer] = []
    /// Deliveries that have not ended and on which nothing waits.
    package var outstanding: [EffectKey] = []
    /// Deliveries ordered in all: what the books are checked against.
    package var ordered = 0
    /// The run went on by the start's way for a call that ended: once in a run.
    package var tookCallHangup = false
    /// Of a side run the events that it and the runs before it began by, its own the last; empty for others.
    package var origins: [Origin] = []
    /// The side runs that events of this run began, in their order.
    package var sideRuns: [RunID] = []
    /// Whether an event came after ``RunLimits/sideRuns``, and began none.
    package var isPastSideRuns = false
    /// The sensitive texts that its values and requests refer to, until it is over.
    package var vault = Vault()
    /// Fields that a newer flowd wrote, kept as they are.
    package var unknownFields = UnknownFields()

    init(id: RunID, flow: String, version: VersionID, startedAt: Timestamp, nodes: Int) {
        self.id = id
        self.flow = flow
        self.version = version
        self.startedAt = startedAt
        values = Array(repeating: [], count: nodes)
    }
}

extension Run {
    package var hasEnded: Bool { status == .finished || status == .failed }

    /// When the run wants ``Event/timeIsUp``.
    package var wake: Timestamp? { wait?.until }

    /// What was answered at `turn`, where it is still known.
    package func answer(at turn: Int) -> [UInt8]? { answers.last { $0.turn == turn }?.bytes }

    /// How often the run has come to a node.
    package func visits(of node: Int) -> Int { path.count { $0.node == node } }

    /// The visit of `node` whose documents named the URL of `turn`; nil where the run never came there.
    func visit(of node: Int, turn: Int) -> Int? {
        path.lastIndex { $0.node == node && $0.turn < turn } ?? path.lastIndex { $0.node == node }
    }

    /// What one of a flow's variables holds.
    package func variable(_ index: Int, of flow: Flow) -> Datum {
        variables.indices.contains(index) ? variables[index] : .text(flow.variables[index].first)
    }

    /// Whether the next webhook alone tells all that the first turn did: the first awaited element after start, and
    /// nothing else.
    ///
    /// An event may come before that webhook, and begins nothing of a run that is not known. After the hangup a recording's
    /// callback may decide, and no run is rebuilt from one.
    package func canBeRebuilt(on flow: Flow) -> Bool {
        guard let wait, wait.signals == .callback, wait.hangupGrace <= RunLimits.actionAfterHangupSeconds else {
            return false
        }
        return turn == 1 && path.count == 2 && outstanding.isEmpty
            && flow.nodes[path[1].node].events.allSatisfy { $0.target == .omitted }
    }

    package mutating func note(_ note: Note) {
        guard notes.count < RunLimits.notes, notes.last != note else { return }
        notes.append(note)
    }

    /// Takes over from the run that this one was rebuilt in place of: its beginning, and the deliveries that it ordered.
    package mutating func inherit(from before: Run) {
        startedAt = before.startedAt
        ordered += before.ordered
        sideRuns += before.sideRuns
        isPastSideRuns = before.isPastSideRuns
        outstanding += before.outstanding
        vault.inherit(from: before.vault)
        guard status == .finished, !outstanding.isEmpty else { return }
        status = .delivering
        endedAt = nil
    }

    /// Ends the run as failed, without its flow.
    package mutating func giveUp(_ reason: Note, at: Timestamp) {
        status = .failed
        endedAt = at
        wait = nil
        outstanding = []
        notes.append(reason)
        wipeIfOver()
    }

    /// Forgets what is sensitive once nothing needs it any more: the run has ended, and no delivery of it is pending.
    package mutating func wipeIfOver() {
        if hasEnded, outstanding.isEmpty { vault.wipe() }
    }
}
