import FlowCore
import HummingbirdCore
import Logging
import NIOCore

/// A connection on the webhook port: Hummingbird accepts it, SwiftNIO alone serves it.
///
/// Callers wait for what comes here. Hummingbird's way through an asynchronous channel costs more than all that flowd
/// does for an answer.
struct WebhookChannel: ServerChildChannel {
    let gate: WebhookGate
    let limits: ListenerLimits
    let now: @Sendable () -> Timestamp

    /// The connection, once its handlers stand.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHTTP(limits, onMalformed: { [gate] in gate.noteMalformed() })
            try pipeline.addHandler(WebhookConnection(gate, now: now))
            return Value(channel: channel)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            try? await value.channel.closeFuture.get()
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }
}
