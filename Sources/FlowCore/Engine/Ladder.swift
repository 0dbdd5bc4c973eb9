/// The waits between the attempts of a delivery, in whole seconds.
///
/// One attempt more than steps is made: the first at once, then one after each step. The waits are spread by ±20 %,
/// so that reports that failed together do not come back together.
package struct Ladder: Hashable, Sendable {
    /// Seconds, each within ``stepRange``.
    package let steps: [Int]

    /// Standard Webhooks 1.0, "Retry schedule": 10 attempts in 75 h 35 min 5 s.
    package static let standardWebhooks = Ladder(steps: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400])

    /// Seconds that one step may take: up to a week.
    package static let stepRange = 1...604_800
    /// Steps that a ladder may have.
    package static let stepLimit = 100
    /// The share of a step by which a wait is made longer or shorter.
    package static let jitter = 0.2

    package init(steps: [Int]) {
        precondition(steps.allSatisfy(Self.stepRange.contains), "a step of a ladder lasts a second to a week")
        self.steps = steps
    }
}

extension Ladder {
    /// What follows an attempt that was no success.
    package enum Step: Hashable, Sendable {
        /// Another attempt, so many milliseconds later.
        case again(after: Int64)
        case giveUp
    }

    /// Says what follows an attempt that was no success.
    ///
    /// A 410 ends it (Standard Webhooks: the receiver is gone); every other status, a redirect too, and no answer at
    /// all are tried again. Attempts beyond the ladder, where `maximumAttempts` asks for them, repeat its last step.
    ///
    /// - Parameters:
    ///   - attempt: which attempt it was, from 1.
    ///   - statusCode: the HTTP status, or 0 where there was no answer.
    ///   - retryAfter: `Retry-After` in seconds: it replaces a shorter wait, up to twice the step.
    ///   - maximumAttempts: attempts in all, the first included; nil for one more than there are steps.
    ///   - jitter: -1 for the shortest wait, 1 for the longest, drawn evenly in between.
    package func next(
        afterAttempt attempt: Int,
        statusCode: Int,
        retryAfter: Int? = nil,
        maximumAttempts: Int? = nil,
        jitter: Double
    ) -> Step {
        guard statusCode != 410, attempt < maximumAttempts ?? (steps.count + 1), let last = steps.last else {
            return .giveUp
        }
        let step = attempt <= steps.count ? steps[max(attempt, 1) - 1] : last
        let spread = Double(step) * 1_000 * (1 + Self.jitter * min(max(jitter, -1), 1))
        let asked = min(max(retryAfter ?? 0, 0), 2 * step)
        return .again(after: max(Int64(spread.rounded()), Int64(asked) * 1_000))
    }
}

extension Ladder {
    /// Why a text is no ladder.
    package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Reads steps as `5s,5m,2h,1d`: a whole number and its unit each, separated by commas.
    package init(_ text: String) throws(Mistake) {
        var steps: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            steps.append(try Self.step(String(part.filter { !$0.isWhitespace })))
        }
        guard steps.count <= Self.stepLimit else {
            throw Mistake(description: "a ladder has at most \(Self.stepLimit) steps, found \(steps.count)")
        }
        self.init(steps: steps)
    }

    private static func step(_ text: String) throws(Mistake) -> Int {
        let expected = "expected a whole number and s, m, h or d, as in 5s,5m,2h"
        guard let unit = text.last else { throw Mistake(description: "a step is empty, \(expected)") }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = units[unit] else {
            throw Mistake(description: "'\(text)' is no step, \(expected)")
        }
        guard let number = Int(digits), stepRange.contains(number), stepRange.contains(number * seconds) else {
            throw Mistake(description: "'\(text)' is out of range, a step takes 1s to 7d")
        }
        return number * seconds
    }
}
