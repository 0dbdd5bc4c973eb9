import Synchronization

/// The order in which a host's addresses are tried, and the memory of those that took no connection.
final class AddressOrder: Sendable {
    private static let remembers = Duration.seconds(60)
    private static let remembersAtMost = 1_024
    /// Addresses of one host that are tried.
    private static let triesAtMost = 16

    private let failures = Mutex<[IPAddress: ContinuousClock.Instant]>([:])

    /// `addresses` in turn, one of each family (RFC 8305, section 4), those that failed in the last minute behind.
    func sorted(_ addresses: [IPAddress], at now: ContinuousClock.Instant = .now) -> [IPAddress] {
        failures.withLock { failures in
            let failed = Set(addresses.filter { failures[$0].map { now < $0 + Self.remembers } ?? false })
            let well = Self.alternating(addresses.filter { !failed.contains($0) })
            return Array((well + Self.alternating(addresses.filter(failed.contains))).prefix(Self.triesAtMost))
        }
    }

    func failed(_ address: IPAddress, at now: ContinuousClock.Instant = .now) {
        failures.withLock { failures in
            if failures.count >= Self.remembersAtMost { failures = [:] }
            failures[address] = now
        }
    }

    /// Begins with the family of the first address: the resolver has put the better one there (RFC 6724).
    private static func alternating(_ addresses: [IPAddress]) -> [IPAddress] {
        guard let family = addresses.first?.isVersion6 else { return [] }
        var (first, second) = (
            addresses.filter { $0.isVersion6 == family }, addresses.filter { $0.isVersion6 != family }
        )
        var mixed: [IPAddress] = []
        while !first.isEmpty || !second.isEmpty {
            if !first.isEmpty { mixed.append(first.removeFirst()) }
            if !second.isEmpty { mixed.append(second.removeFirst()) }
        }
        return mixed
    }
}

extension IPAddress {
    fileprivate var isVersion6: Bool {
        if case .v6 = self { return true }
        return false
    }
}
