/// What a call_forward remembers while it waits for the result of a `<Dial>`.
struct DialState {
    /// All targets of the node, in order.
    var targets: [DialTarget]
    /// In a sequence, which of them rings; nil when all do.
    var index: Int?
    var callerID: String
    /// When the `<Dial>` was answered to Plivo.
    var startedAt: Timestamp

    /// Whom this `<Dial>` rings.
    var rung: [DialTarget] { index.map { [targets[$0]] } ?? targets }

    init(targets: [DialTarget], index: Int?, callerID: String, startedAt: Timestamp) {
        self.targets = targets
        self.index = index
        self.callerID = callerID
        self.startedAt = startedAt
    }

    /// - Returns: nil for anything but what ``datum`` gave.
    init?(_ datum: Datum) {
        guard case .list(let texts) = datum["targets"], let startedAt = datum["started_at"].moment else { return nil }
        targets = texts.map { DialTarget(kept: $0.rendered) }
        index = datum["index"].wholeNumber
        if let index, !targets.indices.contains(index) { return nil }
        callerID = datum["caller_id"].rendered
        self.startedAt = startedAt
    }

    var datum: Datum {
        var members: [Datum.Member] = [
            .init("targets", .list(targets.map { .text($0.text) })), .init("caller_id", .text(callerID)),
            .init("started_at", Datum(startedAt)),
        ]
        if let index { members.append(.init("index", .number(String(index)))) }
        return .object(members)
    }
}
