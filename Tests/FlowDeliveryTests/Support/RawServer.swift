import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A server of bytes: what it says to each connection is up to the test.
enum RawServer {
    typealias Requests = NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    typealias Answer = NIOAsyncChannelOutboundWriter<ByteBuffer>
    /// Serves a connection, whose number counts from 0; the connection is closed when it returns.
    typealias Behavior = @Sendable (_ number: Int, _ requests: inout Requests, _ answer: Answer) async throws -> Void

    /// Serves on a port of its own while `test` runs.
    ///
    /// - Parameters:
    ///   - resets: ends connections with a reset.
    ///   - prepare: puts handlers before the bytes.
    static func run(
        resets: Bool = false,
        prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in },
        _ behavior: @escaping Behavior,
        test: (_ port: Int) async throws -> Void
    ) async throws {
        let numbers = Numbers()
        try await withListener { channel in
            if resets, let options = channel as? any SocketOptionProvider {
                _ = options.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            }
            try prepare(channel)
        } serve: { (connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) in
            let number = numbers.next()
            try? await connection.executeThenClose { inbound, outbound in
                var requests = inbound.makeAsyncIterator()
                try await behavior(number, &requests, outbound)
            }
        } test: {
            try await test($0)
        }
    }

    /// Answers every request with the same bytes, and then closes the connection.
    static func run(
        _ bytes: String,
        resets: Bool = false,
        prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in },
        test: (_ port: Int) async throws -> Void
    ) async throws {
        try await run(resets: resets, prepare: prepare) { _, requests, answer in
            guard try await requests.next() != nil else { return }
            try await answer.write(ByteBuffer(string: bytes))
        } test: {
            try await test($0)
        }
    }

    private final class Numbers: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock { count in
                defer { count += 1 }
                return count
            }
        }
    }
}
