import NIOCore
import NIOPosix

/// Accepts connections on a port of its own while `test` runs, and gives each to `serve`.
///
/// A connection reads nothing before it is served: one that comes while the test ends is dropped without harm.
///
/// - Parameter prepare: puts handlers in the way of each connection.
func withListener<In: Sendable, Out: Sendable>(
    host: String = "127.0.0.1",
    prepare: @escaping @Sendable (any Channel) throws -> Void,
    serve: @escaping @Sendable (NIOAsyncChannel<In, Out>) async -> Void,
    test: (_ port: Int) async throws -> Void
) async throws {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.backlog, value: 1_024)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.autoRead, value: false)
        .bind(host: host, port: 0) { channel in
            channel.eventLoop.makeCompletedFuture {
                try prepare(channel)
                return channel
            }
        }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            try? await listener.executeThenClose { channels in
                await withDiscardingTaskGroup { group in
                    do {
                        for try await channel in channels {
                            group.addTask {
                                guard let connection: NIOAsyncChannel<In, Out> = try? await wrapped(channel) else {
                                    return
                                }
                                await serve(connection)
                            }
                        }
                    } catch {}
                }
            }
        }
        defer { group.cancelAll() }
        try await test(listener.channel.localAddress?.port ?? 0)
    }
}

private func wrapped<In: Sendable, Out: Sendable>(_ channel: any Channel) async throws -> NIOAsyncChannel<In, Out> {
    try await channel.eventLoop.flatSubmit {
        channel.eventLoop.makeCompletedFuture {
            let connection = try NIOAsyncChannel<In, Out>(wrappingChannelSynchronously: channel)
            try channel.syncOptions?.setOption(.autoRead, value: true)
            return connection
        }
    }.get()
}
