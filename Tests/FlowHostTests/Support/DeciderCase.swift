import FlowCore
import FlowHost
import Testing

/// A row of the decider's table: what happened before, what happens now, and all that follows from it.
struct DeciderCase: Sendable, CustomTestStringConvertible {
    /// What the process has of the flows by now.
    struct Shelf: Sendable {
        /// The version of all that are live.
        var version: UInt8 = 1
        var live = TestFlows.all
        /// Versions of "plain" that were loaded, and versions that cannot be.
        var loaded: [UInt8] = []
        var lost: [UInt8] = []
        /// Flows whose first version cannot be had.
        var lostOf: [String] = []
    }

    let name: String
    var isMessage = false
    let before: [Moment]
    let now: Moment
    let shelf: Shelf
    /// ``DecisionOutline/text``.
    let expected: String

    init(
        _ name: String,
        message isMessage: Bool = false,
        after before: [Moment] = [],
        _ move: Move,
        at: Int = 10,
        on shelf: Shelf = Shelf(),
        _ expected: String
    ) {
        self.name = name
        self.isMessage = isMessage
        self.before = before
        now = Moment(move, at: at)
        self.shelf = shelf
        self.expected = expected
    }

    var testDescription: String { name }

    /// Plays the case.
    ///
    /// - Returns: the outline of its last decision.
    func outline() throws -> String {
        let flows = try TestFlows.set(TestFlows.all)
        var story = try Story(isMessage ? RunID(.message, Story.run?.text ?? "") : Story.run)
        for moment in before { _ = try story.play(moment, on: FlowsAtHand(live: flows)) }
        var byNow = FlowsAtHand(live: try TestFlows.set(shelf.live, version: shelf.version))
        for number in shelf.loaded {
            byNow.take(try TestFlows.flow("plain", version: number), as: TestFlows.version(number, of: "plain"))
        }
        for number in shelf.lost { byNow.take(nil, as: TestFlows.version(number, of: "plain")) }
        for name in shelf.lostOf { byNow.take(nil, as: TestFlows.version(1, of: name)) }
        let decision = try story.play(now, on: byNow)
        return DecisionOutline(decision) { flows[name: $0] }.text
    }
}
