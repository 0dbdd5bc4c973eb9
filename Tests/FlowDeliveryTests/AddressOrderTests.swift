import Testing

@testable import FlowDelivery

@Suite struct AddressOrderTests {
    private let order = AddressOrder()

    private func addresses(_ texts: String...) throws -> [IPAddress] {
        try texts.map { try #require(IPAddress($0)) }
    }

    @Test func `families take turns, the first address's first`() throws {
        let found = try addresses("2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2")
        let sorted = try addresses("2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "2001:db8::3")
        #expect(order.sorted(found) == sorted)
        #expect(
            order.sorted(found.reversed())
                == (try addresses("192.0.2.2", "2001:db8::3", "192.0.2.1", "2001:db8::2", "2001:db8::1"))
        )
        #expect(order.sorted([]) == [])
    }

    @Test func `an address that failed comes last for a minute`() throws {
        let found = try addresses("2001:db8::1", "192.0.2.1")
        let now = ContinuousClock.now
        order.failed(found[0], at: now)
        #expect(order.sorted(found, at: now + .seconds(59)) == found.reversed())
        #expect(order.sorted(found, at: now + .seconds(60)) == found)
    }

    @Test func `sixteen addresses of a host are tried`() {
        #expect(order.sorted((1...40).map { .v4($0) }) == (1...16).map { .v4($0) })
    }
}
