import AsyncHTTPClient
import FlowCore
import NIOCore
import NIOPosix
import Testing

@testable import FlowDelivery

@Suite("Pinned clients")
struct PinnedClientsTests {
    private func key(_ number: UInt32) throws -> PinnedClients.Key {
        PinnedClients.Key(host: try #require(HostName("app.test")), address: .v4(number))
    }

    private func clients(_ capacity: Int) -> PinnedClients {
        PinnedClients(group: MultiThreadedEventLoopGroup.singleton, capacity: capacity, idleFor: .seconds(60))
    }

    @Test("are one for each host and address, used again")
    func shared() async throws {
        let clients = clients(8)
        let first = try await clients.withClient(for: try key(1)) { ObjectIdentifier($0) }
        let again = try await clients.withClient(for: try key(1)) { ObjectIdentifier($0) }
        let other = try await clients.withClient(for: try key(2)) { ObjectIdentifier($0) }
        #expect(first == again)
        #expect(first != other)
        #expect(clients.count == 2)
        await clients.shutDown()
        #expect(clients.count == 0)
    }

    @Test("are let go when there are too many, those in use aside")
    func bounded() async throws {
        let clients = clients(4)
        for number in 1...50 { try await clients.withClient(for: try key(UInt32(number))) { _ in } }
        #expect(clients.count == 4)
        try await clients.withClient(for: try key(1)) { _ in
            try await clients.withClient(for: try key(2)) { _ in
                clients.removeIdle(at: .now + .seconds(61))
                #expect(clients.count == 2)
            }
        }
        clients.removeIdle(at: .now + .seconds(59))
        #expect(clients.count == 2)
        clients.removeIdle(at: .now + .seconds(61))
        #expect(clients.count == 0)
        await clients.shutDown()
    }

    @Test("refuse an address that is not the one that was checked")
    func strayed() async throws {
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            let clients = clients(4)
            // The client for another name: this one's own name falls through to the system's name servers.
            await #expect(throws: SendFailure.strayed) {
                try await clients.withClient(for: try key(0x7F00_0002)) { client in
                    _ = try await client.get(url: "http://127.0.0.1:\(server.port)/").get()
                }
            }
            #expect(server.received.isEmpty)
            await clients.shutDown()
        }
    }
}
