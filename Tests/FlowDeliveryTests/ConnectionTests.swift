import FlowCore
import FlowHost
import FlowTesting
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

@testable import FlowDelivery

@Suite(.timeLimit(.minutes(5))) struct ConnectionTests {
    /// Runs `body` with a courier for which every name has these addresses, and shuts it down.
    private func withCourier(
        to addresses: [String] = ["127.0.0.1"],
        _ body: (HTTPCourier) async throws -> Void
    ) async throws {
        let addresses = addresses.compactMap { IPAddress($0) }
        let courier = HTTPCourier(
            policy: .privateAllowed,
            secrets: SecretSource { _ in nil },
            signer: nil,
            version: "1.0",
            resolver: Resolver { _ in addresses },
            now: wallClock
        )
        do {
            try await body(courier)
        } catch {
            await courier.shutDown()
            throw error
        }
        await courier.shutDown()
    }

    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    /// A server that answers the first requests of each connection, and then ends it without a byte.
    private func withForgetfulServer(
        answers count: Int,
        resets: Bool = false,
        farewell: String = "",
        test: (_ port: Int, _ connections: () -> [Int]) async throws -> Void
    ) async throws {
        let requests = Mutex<[Int]>([])
        try await RawServer.run(resets: resets) { number, reader, answer in
            requests.withLock { $0.append(0) }
            while try await reader.next() != nil {
                let served = requests.withLock { requests in
                    requests[number] += 1
                    return requests[number]
                }
                guard served <= count else { return try await answer.write(ByteBuffer(string: farewell)) }
                try await answer.write(ByteBuffer(string: Self.ok))
            }
        } test: { port in
            try await test(port) { requests.withLock { $0 } }
        }
    }

    @Test func `a connection is kept for the next request`() async throws {
        try await withForgetfulServer(answers: 100) { port, connections in
            try await withCourier { courier in
                for _ in 0..<3 {
                    let request = Sample.request("http://app.test:\(port)")
                    let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                    #expect(reply == CourierReply(RequestResult(statusCode: 200)))
                }
                #expect(connections() == [3])
            }
        }
    }

    @Test(arguments: [true, false])
    func `a kept connection that was closed without a byte is replaced, in the same attempt`(resets: Bool) async throws
    {
        try await withForgetfulServer(answers: 1, resets: resets) { port, connections in
            try await withCourier { courier in
                let request = Sample.request("http://app.test:\(port)")
                for _ in 0..<3 {
                    let reply = await courier.deliver(request, id: Sample.id, limit: .seconds(30), fence: .open)
                    #expect(reply == CourierReply(RequestResult(statusCode: 200)))
                }
                #expect(connections().count >= 2)
            }
        }
    }

    @Test func `a new connection that is closed without a byte is not replaced`() async throws {
        try await withForgetfulServer(answers: 0) { port, connections in
            try await withCourier { courier in
                let request = Sample.request("http://app.test:\(port)")
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(error: "connection closed before the answer")))
                #expect(connections() == [1])
            }
        }
    }

    @Test func `a kept connection that is closed behind the first byte is not replaced`() async throws {
        try await withForgetfulServer(answers: 1, farewell: "HTTP") { port, connections in
            try await withCourier { courier in
                let request = Sample.request("http://app.test:\(port)")
                _ = await courier.send(request, id: Sample.id, limit: .seconds(30))
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(reply == CourierReply(RequestResult(error: "connection closed before the answer")))
                #expect(connections() == [2])
            }
        }
    }

    @Test(
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
            // More than was asked for.
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nxyz",
        ]
    )
    func `a connection that cannot be used again is not`(answer: String) async throws {
        let connections = Mutex(0)
        try await RawServer.run { _, requests, writer in
            connections.withLock { $0 += 1 }
            while try await requests.next() != nil { try await writer.write(ByteBuffer(string: answer)) }
        } test: { port in
            try await withCourier { courier in
                let request = Sample.request("http://app.test:\(port)")
                for _ in 0..<2 {
                    let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                    #expect(reply.result.error == "")
                    #expect([200, 101].contains(reply.result.statusCode))
                }
                #expect(connections.withLock { $0 } == 2)
            }
        }
    }

    @Test func `a request arrives in one piece, however large its body is`() async throws {
        try await AppServer.run { request, answer in
            try await answer.reply(200, body: "\(request.body.utf8.count)")
        } test: { server in
            try await withCourier { courier in
                let body = String(repeating: "x", count: 2 << 20)
                let request = Sample.request("http://app.test:\(server.port)", body: body)
                let reply = await courier.send(request, id: Sample.id, limit: .seconds(60))
                #expect(reply.result.body == Array("\(2 << 20)".utf8))
                #expect(server.received.first?.headers["Content-Length"] == ["\(2 << 20)"])
            }
        }
    }

    @Test(arguments: [("POST", ["0"]), ("PUT", ["0"]), ("PATCH", ["0"]), ("GET", []), ("DELETE", [])])
    func `a request without a body says so where its method has one`(method: String, length: [String]) async throws {
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withCourier { courier in
                let request = Sample.request(server.origin, method: method, body: "")
                _ = await courier.send(request, id: Sample.id, limit: .seconds(30))
                #expect(server.received.map { $0.headers["Content-Length"] } == [length])
            }
        }
    }

    /// Listens where nobody is ever let in: further connections hang.
    private func withHole(_ host: String, port: Int, _ test: () async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let hole = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: host, port: port).get()
        var filling: [any Channel] = []
        let bootstrap = ClientBootstrap(group: group).connectTimeout(.milliseconds(300))
        while let channel = try? await bootstrap.connect(host: host, port: port).get() { filling.append(channel) }
        do {
            try await test()
        } catch {
            for channel in filling + [hole] { try? await channel.close() }
            throw error
        }
        for channel in filling + [hole] { try? await channel.close() }
    }

    @Test func `a host whose first address is a hole is reached by its second, at once from then on`() async throws {
        try await AppServer.run { _, answer in
            try await answer.reply(200)
        } test: { server in
            try await withHole("127.0.0.2", port: server.port) {
                try await withCourier(to: ["127.0.0.2", "127.0.0.1"]) { courier in
                    let request = Sample.request("http://app.test:\(server.port)")
                    // Less than the 2 s that one address has.
                    let reply = await courier.send(request, id: Sample.id, limit: .milliseconds(1_800))
                    #expect(reply == CourierReply(RequestResult(statusCode: 200)))
                    #expect(server.received.count == 1)
                }
                try await withCourier(to: ["127.0.0.2"]) { courier in
                    let request = Sample.request("http://app.test:\(server.port)")
                    let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
                    #expect(reply == CourierReply(RequestResult(error: "no connection within 2 s")))
                }
            }
        }
    }

    @Test func `a kept connection to an address that may be called no more is not used`() async throws {
        let addresses = Mutex<[IPAddress]>([.v4(0x7F00_0001)])
        try await withForgetfulServer(answers: 100) { port, connections in
            let courier = HTTPCourier(
                policy: .privateAllowed,
                secrets: SecretSource { _ in nil },
                signer: nil,
                version: "1.0",
                resolver: Resolver { _ in addresses.withLock { $0 } },
                now: wallClock
            )
            let request = Sample.request("http://app.test:\(port)")
            #expect(await courier.send(request, id: Sample.id, limit: .seconds(30)).result.statusCode == 200)
            // A neighbour of the first address, on which nobody listens.
            addresses.withLock { $0 = [.v4(0x7F00_0077)] }
            let reply = await courier.send(request, id: Sample.id, limit: .seconds(30))
            #expect(reply == CourierReply(RequestResult(error: "connection refused")))
            #expect(connections() == [1])
            await courier.shutDown()
        }
    }
}
