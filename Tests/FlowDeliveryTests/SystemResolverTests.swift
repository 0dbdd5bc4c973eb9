import Testing

@testable import FlowDelivery

@Suite("The system's resolver", .timeLimit(.minutes(5)))
struct SystemResolverTests {
    private func withResolver(_ body: (SystemResolver) async throws -> Void) async throws {
        let resolver = SystemResolver(threads: 2)
        do {
            try await body(resolver)
        } catch {
            await resolver.shutDown()
            throw error
        }
        await resolver.shutDown()
    }

    @Test(
        "understands every spelling of an address, as a connection would",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"),
            ("0177.0.0.1", "127.0.0.1"),
            ("127.1", "127.0.0.1"), ("0", "0.0.0.0"), ("::1", "::1"), ("::ffff:127.0.0.1", "::ffff:127.0.0.1"),
            ("0xa9fea9fe", "169.254.169.254"), ("2852039166", "169.254.169.254"), ("fd00:ec2::254", "fd00:ec2::254"),
        ]
    )
    func spellings(host: String, address: String) async throws {
        try await withResolver { resolver in
            let addresses = try await resolver.addresses(of: host)
            #expect(addresses.map(\.description) == [address])
        }
    }

    @Test("answers all who ask for the same name at once")
    func together() async throws {
        try await withResolver { resolver in
            try await withThrowingTaskGroup(of: [IPAddress].self) { group in
                for _ in 0..<100 { group.addTask { try await resolver.addresses(of: "localhost") } }
                for try await addresses in group { #expect(addresses.contains(.v4(0x7F00_0001))) }
            }
        }
    }

    @Test("lets go at once of those who are cancelled, before and while they wait")
    func cancellation() async throws {
        try await withResolver { resolver in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<50 { group.addTask { _ = try? await resolver.addresses(of: "flowd-test.invalid") } }
                group.cancelAll()
                group.addTask { _ = try? await resolver.addresses(of: "flowd-test.invalid") }
            }
        }
    }

    @Test("finds nothing once it was shut down")
    func stopped() async throws {
        let resolver = SystemResolver(threads: 1)
        await resolver.shutDown()
        await #expect(throws: SendFailure.stopping) { try await resolver.addresses(of: "localhost") }
    }
}
