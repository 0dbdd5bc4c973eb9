/// Tells news about app servers from what is known: that requests to one fail, and that they succeed again.
///
/// It remembers a bounded number of origins; of one that it had to forget, the next failure is news again.
struct OriginWatch {
    enum News: Hashable {
        case failing
        /// Requests succeed again, after so many that failed in so long a time.
        case recovered(failures: Int, after: Duration)
    }

    private struct Spell {
        /// Failed attempts since the last that did not fail.
        var failures = 0
        /// When the first of them failed.
        var since: ContinuousClock.Instant
        /// Whether it was told that the origin fails.
        var isTold = false
        /// Until when nothing is told.
        var quietUntil: ContinuousClock.Instant
        var touchedAt: ContinuousClock.Instant
    }

    /// For how long nothing is told of an origin that has recovered: one that fails half of the time would fill the log.
    private static let quietFor = Duration.seconds(10)

    private let capacity: Int
    /// Origins that fail, and those that recovered a moment ago.
    private var spells: [String: Spell] = [:]

    init(capacity: Int = 1_024) {
        self.capacity = capacity
    }

    /// Notes an attempt; gives what is to be told about its origin.
    mutating func note(_ origin: String, isSuccess: Bool, at now: ContinuousClock.Instant = .now) -> News? {
        guard var spell = spells[origin] else {
            guard !isSuccess else { return nil }
            makeRoom()
            spells[origin] = Spell(failures: 1, since: now, isTold: true, quietUntil: now, touchedAt: now)
            return .failing
        }
        defer { spells[origin] = isSuccess && spell.failures == 0 && spell.quietUntil <= now ? nil : spell }
        spell.touchedAt = now
        if isSuccess { return Self.recovery(of: &spell, at: now) }
        if spell.failures == 0 { spell.since = now }
        spell.failures += 1
        guard !spell.isTold, spell.quietUntil <= now else { return nil }
        spell.isTold = true
        return .failing
    }

    private static func recovery(of spell: inout Spell, at now: ContinuousClock.Instant) -> News? {
        let failures = spell.failures
        spell.failures = 0
        guard spell.isTold else { return nil }
        spell.isTold = false
        spell.quietUntil = now + quietFor
        return .recovered(failures: failures, after: spell.since.duration(to: now))
    }

    /// Forgets the origin that nothing was heard of for longest.
    private mutating func makeRoom() {
        guard spells.count >= capacity, let oldest = spells.min(by: { $0.value.touchedAt < $1.value.touchedAt }) else {
            return
        }
        spells[oldest.key] = nil
    }
}
