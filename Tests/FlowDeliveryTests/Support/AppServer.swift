import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An app server that keeps what it gets, and answers as its `behavior` says.
final class AppServer: Sendable {
    struct Received: Sendable {
        var method: HTTPMethod
        var target: String
        var headers: HTTPHeaders
        var body: String
    }

    typealias Answer = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    typealias Behavior = @Sendable (Received, Answer) async throws -> Void
    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    private let bound = Mutex(0)
    private let kept = Mutex<[Received]>([])

    private init() {}

    var port: Int { bound.withLock { $0 } }
    var origin: String { "http://127.0.0.1:\(port)" }
    var received: [Received] { kept.withLock { $0 } }

    /// Serves on a port of its own while `test` runs.
    ///
    /// - Parameter prepare: puts handlers before those of HTTP.
    static func run(
        host: String = "127.0.0.1",
        prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in },
        _ behavior: @escaping Behavior,
        test: (AppServer) async throws -> Void
    ) async throws {
        let server = AppServer()
        try await withListener(host: host) { channel in
            try prepare(channel)
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
        } serve: { connection in
            await server.serve(connection, behavior)
        } test: { port in
            server.bound.withLock { $0 = port }
            try await test(server)
        }
    }

    static func canListen(on host: String) async -> Bool {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        guard let channel = try? await bootstrap.bind(host: host, port: 0).get() else { return false }
        return (try? await channel.close()) != nil
    }

    private func serve(_ connection: Connection, _ behavior: Behavior) async {
        try? await connection.executeThenClose { parts, answer in
            var request: Received?
            for try await part in parts {
                switch part {
                case .head(let head):
                    request = Received(method: head.method, target: head.uri, headers: head.headers, body: "")
                case .body(let buffer):
                    request?.body += String(buffer: buffer)
                case .end:
                    guard let request else { return }
                    kept.withLock { $0.append(request) }
                    try await behavior(request, answer)
                }
            }
        }
    }
}

extension NIOAsyncChannelOutboundWriter<HTTPServerResponsePart> {
    func head(_ status: Int, _ headers: HTTPHeaders = [:]) async throws {
        try await write(.head(HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)))
    }

    func body(_ text: String) async throws {
        try await write(.body(.byteBuffer(ByteBuffer(string: text))))
    }

    func end() async throws {
        try await write(.end(nil))
    }

    /// A whole answer.
    func reply(_ status: Int, _ headers: HTTPHeaders = [:], body text: String = "") async throws {
        var headers = headers
        headers.replaceOrAdd(name: "Content-Length", value: String(text.utf8.count))
        try await head(status, headers)
        if !text.isEmpty { try await body(text) }
        try await end()
    }
}
