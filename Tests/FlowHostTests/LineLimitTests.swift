import FlowCore
import Testing

@testable import FlowHost

@Suite
struct LineLimitTests {
    /// Lines with their milliseconds, and what the limit says to each.
    @Test func `a line goes out once a second, and says how often it was left out`() {
        var limit = LineLimit()
        let said: [(line: String, at: Int64, leftOut: Int?)] = [
            ("full", 0, 0), ("full", 1, nil), ("busy", 1, 0), ("full", 999, nil), ("full", 1_000, 2),
            ("full", 1_500, nil),
            ("full", 2_000, 1), ("busy", 9_000, 0),
        ]
        #expect(said.map { limit.admit($0.line, at: Timestamp(milliseconds: $0.at)) } == said.map(\.leftOut))
    }

    @Test func `a clock that is set back lets a line through`() {
        var limit = LineLimit()
        let times: [Int64] = [5_000, 4_000, 4_500]
        #expect(times.map { limit.admit("full", at: Timestamp(milliseconds: $0)) } == [0, 0, nil])
    }
}
