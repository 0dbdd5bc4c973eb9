import Foundation
import Testing

/// The real binary, and everything that can happen to it: one test after the other, each has the machine to itself.
@Suite(.serialized)
struct FaultTests {
    /// Whether there is time for the long forms.
    static let isLong = ProcessInfo.processInfo.environment["FLOWD_STORM"] == "long"

    /// Waits until `condition` holds.
    ///
    /// - Returns: whether it did in time.
    static func eventually(
        within limit: Duration = .seconds(60),
        every pause: Duration = .milliseconds(50),
        _ condition: () async throws -> Bool
    ) async rethrows -> Bool {
        let end = ContinuousClock.now + limit
        while true {
            if try await condition() { return true }
            guard ContinuousClock.now < end else { return false }
            try? await Task.sleep(for: pause)
        }
    }
}
