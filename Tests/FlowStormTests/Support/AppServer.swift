import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The app server of a storm: it keeps what it gets, and fails, drops and delays as it is told.
final class AppServer: Sendable {
    enum Behavior: Sendable {
        case answer(Int)
        /// Answers 200 with this JSON.
        case say(String)
        /// Closes the connection without an answer.
        case drop
        /// Answers 200, later.
        case delay(Duration)
    }

    struct Received: Sendable {
        /// The path, without the query.
        var path: String
        /// The `call` in a report's form.
        var call: String
        var webhookID: String
        var head: HTTPRequestHead
        var body: String
        /// Whether it was told 200, as far as this side can tell.
        var wasTaken = false
    }

    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    let port: Int
    private let kept = Mutex<[Received]>([])
    private let behavior: Mutex<@Sendable () -> Behavior>

    private init(port: Int, _ behavior: @escaping @Sendable () -> Behavior) {
        self.port = port
        self.behavior = Mutex(behavior)
    }

    var origin: String { "http://127.0.0.1:\(port)" }
    var received: [Received] { kept.withLock { $0 } }

    /// What came to a path, by call.
    func reports(_ path: String = "/report") -> [String: [Received]] {
        Dictionary(grouping: received.filter { $0.path == path }, by: \.call)
    }

    func behave(_ new: @escaping @Sendable () -> Behavior) { behavior.withLock { $0 = new } }

    /// Serves on a port of its own while `test` runs.
    static func run(
        _ behavior: @escaping @Sendable () -> Behavior = { .answer(200) },
        test: (AppServer) async throws -> Void
    ) async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        let server = AppServer(port: listener.channel.localAddress?.port ?? 0, behavior)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await listener.executeThenClose { connections in
                    await withDiscardingTaskGroup { group in
                        do {
                            for try await connection in connections { group.addTask { await server.serve(connection) } }
                        } catch {}
                    }
                }
            }
            defer { group.cancelAll() }
            try await test(server)
        }
    }

    private func serve(_ connection: Connection) async {
        try? await connection.executeThenClose { parts, answer in
            var head: HTTPRequestHead?
            var body = ""
            for try await part in parts {
                switch part {
                case .head(let new): (head, body) = (new, "")
                case .body(let buffer): body += String(buffer: buffer)
                case .end:
                    guard let head, try await serve(head, body, answer) else { return }
                }
            }
        }
    }

    /// - Returns: whether the connection stays.
    private func serve(
        _ head: HTTPRequestHead,
        _ body: String,
        _ answer: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws -> Bool {
        let received = Received(
            path: String(head.uri.prefix { $0 != "?" }),
            call: body.split(separator: "&").first { $0.hasPrefix("call=") }.map { String($0.dropFirst(5)) } ?? "",
            webhookID: head.headers.first(name: "webhook-id") ?? "",
            head: head,
            body: body
        )
        let index = kept.withLock { kept in
            kept.append(received)
            return kept.count - 1
        }
        var (status, text) = (200, "{}")
        switch behavior.withLock({ $0 })() {
        case .answer(let code): status = code
        case .say(let json): text = json
        case .drop: return false
        case .delay(let pause): try await Task.sleep(for: pause)
        }
        if status == 200 { kept.withLock { $0[index].wasTaken = true } }
        let headers = HTTPHeaders([("Content-Length", "\(text.utf8.count)"), ("Content-Type", "application/json")])
        try await answer.write(
            .head(HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers))
        )
        try await answer.write(.body(.byteBuffer(ByteBuffer(string: text))))
        try await answer.write(.end(nil))
        return true
    }
}
