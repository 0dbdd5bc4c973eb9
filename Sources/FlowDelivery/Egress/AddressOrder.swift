import Synchronization

/// Remembers for a minute which addresses took no connection, so that a host's other ones are tried before them.
final class AddressOrder: Sendable {
    private static let remembers = Duration.seconds(60)
    private static let remembersAtMost = 1_024

    private let failures = Mutex<[IPAddress: ContinuousClock.Instant]>([:])

    /// `addresses` as they come, those that failed lately last; four at most.
    func sorted(_ addresses: [IPAddress], at now: ContinuousClock.Instant = .now) -> [IPAddress] {
        failures.withLock { failures in
            let failed = Set(addresses.filter { failures[$0].map { now < $0 + Self.remembers } ?? false })
            return Array((addresses.filter { !failed.contains($0) } + addresses.filter(failed.contains)).prefix(4))
        }
    }

    func failed(_ address: IPAddress, at now: ContinuousClock.Instant = .now) {
        failures.withLock { failures in
            if failures.count >= Self.remembersAtMost { failures = [:] }
            failures[address] = now
        }
    }
}
