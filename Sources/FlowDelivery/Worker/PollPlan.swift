/// When to ask the store for deliveries that are due: every second, and more often while it has many.
struct PollPlan {
    private static let every = Duration.seconds(1)
    private static let whileFinding = Duration.milliseconds(50)
    /// How long after the last find there may be more.
    private static let findsFor = Duration.seconds(2)

    private var isUnderWay = false
    private var last: ContinuousClock.Instant?
    private var lastFind: ContinuousClock.Instant?
    private var hasRoom = false
    private var isFailing = false

    /// When to ask next; nil while an answer is awaited.
    var due: ContinuousClock.Instant? {
        guard !isUnderWay else { return nil }
        guard let last else { return .now }
        let mayFind = hasRoom && lastFind.map { $0 + Self.findsFor > last } ?? false
        return last + (mayFind ? Self.whileFinding : Self.every)
    }

    mutating func begin(at now: ContinuousClock.Instant) {
        isUnderWay = true
        last = now
        hasRoom = false
    }

    /// Notes an answer; nil where there was none.
    ///
    /// - Returns: whether this is the first of several that failed.
    @discardableResult
    mutating func end(found count: Int?) -> Bool {
        defer { isFailing = count == nil }
        isUnderWay = false
        if let count, count > 0 { lastFind = last }
        return count == nil && !isFailing
    }

    /// Notes that a delivery ended, so that there is room for another of its origin.
    mutating func noteRoom() {
        hasRoom = true
    }
}
