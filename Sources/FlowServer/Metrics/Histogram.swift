/// How often something took how long, by upper bounds that do not change.
struct Histogram {
    /// Seconds.
    let bounds: [Double]
    /// Counts by bound, and one more count for longer times.
    private(set) var counts: [Int]
    private(set) var sum = 0.0

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    var count: Int { counts.reduce(0, +) }

    mutating func record(_ duration: Duration) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
        sum += seconds
    }

    /// Answers: most take a few milliseconds, and Plivo waits for 15 s.
    static let answers = Histogram(
        bounds: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15]
    )
    /// Deliveries: from at once to the end of the ladder.
    static let deliveries = Histogram(
        bounds: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200, 36_000, 86_400, 345_600]
    )
}
