import Hummingbird
import NIOPosix

/// Reads a body and answers a constant, on one event loop.
@main
struct Bare {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8090
        let answer = ByteBuffer(string: "<Response><Hangup/></Response>")
        let router = Router()
        router.post("/flows/dial-status") { request, _ in
            _ = try await request.body.collect(upTo: 64 * 1_024)
            return Response(status: .ok, headers: [.contentType: "application/xml"], body: .init(byteBuffer: answer))
        }
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1))
        )
        try await application.run()
    }
}
