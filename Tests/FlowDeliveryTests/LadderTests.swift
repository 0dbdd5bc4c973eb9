import FlowCore
import Testing

@Suite("A ladder")
struct LadderTests {
    @Test("makes 10 attempts in 75 h 35 min 5 s, as Standard Webhooks has it")
    func standard() {
        let ladder = Ladder.standardWebhooks
        var milliseconds: Int64 = 0
        var attempt = 1
        while case .again(let after) = ladder.next(afterAttempt: attempt, statusCode: 500, jitter: 0) {
            milliseconds += after
            attempt += 1
        }
        #expect(attempt == 10)
        #expect(milliseconds == ((75 * 60 + 35) * 60 + 5) * 1_000)
    }

    @Test("gives up at once on 410, and on nothing else", arguments: [0, 301, 400, 404, 410, 429, 500, 503])
    func gone(status: Int) {
        let step = Ladder.standardWebhooks.next(afterAttempt: 1, statusCode: status, jitter: 0)
        #expect(step == (status == 410 ? .giveUp : .again(after: 5_000)))
    }

    @Test("spreads each wait by 20 %", arguments: [(-1.0, 4_000), (-0.5, 4_500), (0, 5_000), (1, 6_000), (7, 6_000)])
    func jitter(jitter: Double, milliseconds: Int64) {
        let step = Ladder.standardWebhooks.next(afterAttempt: 1, statusCode: 500, jitter: jitter)
        #expect(step == .again(after: milliseconds))
    }

    @Test(
        "waits as Retry-After asks, up to twice the step and never less than the step",
        arguments: [(0, 5_000), (-3, 5_000), (4, 5_000), (7, 7_000), (10, 10_000), (11, 10_000), (.max, 10_000)]
    )
    func retryAfter(seconds: Int, milliseconds: Int64) {
        let step = Ladder.standardWebhooks.next(afterAttempt: 1, statusCode: 503, retryAfter: seconds, jitter: 0)
        #expect(step == .again(after: milliseconds))
    }

    @Test("makes as many attempts as the node asks for, and repeats its last step beyond the end")
    func attempts() {
        let ladder = Ladder(steps: [1, 60])
        func waits(_ maximum: Int?) -> [Int64] {
            (1...9).compactMap { attempt in
                let step = ladder.next(afterAttempt: attempt, statusCode: 500, maximumAttempts: maximum, jitter: 0)
                guard case .again(let after) = step else { return nil }
                return after
            }
        }
        #expect(waits(nil) == [1_000, 60_000])
        #expect(waits(1) == [])
        #expect(waits(2) == [1_000])
        #expect(waits(5) == [1_000, 60_000, 60_000, 60_000])
    }

    @Test("is read from steps with units")
    func reading() throws {
        #expect(try Ladder("1s,2s, 5m,2h,1d").steps == [1, 2, 300, 7_200, 86_400])
        #expect(try Ladder("7d").steps == [604_800])
        #expect(try Ladder("5s,5m,30m,2h,5h,10h,14h,20h,24h") == .standardWebhooks)
    }

    @Test(
        "says what is wrong with a text",
        arguments: [
            ("", "a step is empty, expected a whole number and s, m, h or d, as in 5s,5m,2h"),
            ("1s,,2s", "a step is empty, expected a whole number and s, m, h or d, as in 5s,5m,2h"),
            ("5", "'5' is no step, expected a whole number and s, m, h or d, as in 5s,5m,2h"),
            ("s", "'s' is no step, expected a whole number and s, m, h or d, as in 5s,5m,2h"),
            ("1.5s", "'1.5s' is no step, expected a whole number and s, m, h or d, as in 5s,5m,2h"),
            ("-1s", "'-1s' is no step, expected a whole number and s, m, h or d, as in 5s,5m,2h"),
            ("5 minutes", "'5minutes' is no step, expected a whole number and s, m, h or d, as in 5s,5m,2h"),
            ("0s", "'0s' is out of range, a step takes 1s to 7d"),
            ("8d", "'8d' is out of range, a step takes 1s to 7d"),
            ("99999999999999999999s", "'99999999999999999999s' is out of range, a step takes 1s to 7d"),
        ]
    )
    func mistakes(text: String, message: String) {
        #expect(throws: Ladder.Mistake.self) { try Ladder(text) }
        do {
            _ = try Ladder(text)
        } catch {
            #expect(error.description == message)
        }
    }
}
