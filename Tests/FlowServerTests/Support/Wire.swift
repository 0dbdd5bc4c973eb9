import NIOCore
import NIOPosix
import Synchronization

/// A client that sends what it is told, byte by byte if need be, and shows what came back.
enum Wire {
    struct Exchange: Sendable {
        var text: String
        /// Whether the server closed the connection before time was up.
        var isClosed: Bool

        var statuses: [Int] {
            text.split(separator: "HTTP/1.1 ").compactMap { Int($0.prefix(3)) }
        }

        var body: String {
            text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().joined()
        }
    }

    /// Sends parts with pauses between them, and reads until the server closes, or `within` is over.
    ///
    /// - Parameter onConnect: called when the connection is open.
    static func exchange(
        _ parts: [String],
        pause: Duration = .zero,
        port: Int,
        within limit: Duration = .seconds(120),
        onConnect: @Sendable () -> Void = {}
    ) async throws -> Exchange {
        let channel = try await connect(port)
        onConnect()
        let received = Received()
        let isClosed = try await channel.executeThenClose { inbound, outbound in
            try await withThrowingTaskGroup(of: Bool?.self) { group in
                group.addTask {
                    for part in parts {
                        try? await outbound.write(ByteBuffer(string: part))
                        if pause > .zero { try await Task.sleep(for: pause) }
                    }
                    return nil
                }
                group.addTask {
                    do {
                        for try await part in inbound { received.append(String(buffer: part)) }
                    } catch is IOError {}
                    return true
                }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return false
                }
                defer { group.cancelAll() }
                while let result = try await group.next() {
                    if let result { return result }
                }
                return false
            }
        }
        return Exchange(text: received.text, isClosed: isClosed)
    }

    static func request(
        _ method: String,
        _ target: String,
        headers: [String] = [],
        body: String = "",
        closes: Bool = true
    ) -> String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"] + headers
        if !body.isEmpty {
            lines += ["Content-Type: application/x-www-form-urlencoded", "Content-Length: \(body.utf8.count)"]
        }
        if closes { lines.append("Connection: close") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    static func send(_ request: String, port: Int) async throws -> Exchange {
        try await exchange([request], port: port)
    }

    /// Sends a request, waits for the beginning of its answer, and has the connection open while `body` runs.
    static func holding(_ request: String, port: Int, _ body: () async throws -> Void) async throws -> Exchange {
        let channel = try await connect(port)
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var parts = inbound.makeAsyncIterator()
            let text = try await parts.next().map { String(buffer: $0) } ?? ""
            try await body()
            return Exchange(text: text, isClosed: false)
        }
    }

    private static func connect(_ port: Int) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port) {
            channel in
            channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
        }
    }
}

/// Up from some moment on.
final class Flag: Sendable {
    private let state = Atomic(false)

    var isUp: Bool { state.load(ordering: .relaxed) }

    func raise() { state.store(true, ordering: .relaxed) }
}

/// What came so far.
private final class Received: Sendable {
    private let content = Mutex("")

    var text: String { content.withLock { $0 } }

    func append(_ part: String) { content.withLock { $0 += part } }
}
