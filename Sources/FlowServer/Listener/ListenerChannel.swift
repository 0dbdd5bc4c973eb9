import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection: HTTP/1.1 as Hummingbird sets it up, with ``ProtocolRules`` and a ``ConnectionGuard``.
struct ListenerChannel: HTTPChannelHandler {
    let responder: Responder
    let limits: ListenerLimits
    let onMalformed: @Sendable () -> Void

    func setup(
        channel: any Channel,
        logger: Logger
    ) -> EventLoopFuture<NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>> {
        channel.eventLoop.makeCompletedFuture {
            var decoder = NIOHTTPDecoderLimitConfiguration()
            decoder.maxHeaderFieldSize = limits.headerField
            decoder.maxHeaderListSize = limits.header
            decoder.maxHeaderFieldCount = limits.headerFields
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(
                // The channel below reads one request after the other, and ends with the first that is no HTTP.
                withPipeliningAssistance: false,
                withErrorHandling: false,
                // The types of the answers' fields see to that.
                withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: decoder
            )
            try pipeline.addHandlers([
                ProtocolRules(onMalformed: onMalformed), HTTP1ToHTTPServerCodec(secure: false), ConnectionGuard(limits),
                HTTPConnectionStateHandler(
                    idleTimeout: .nanoseconds(limits.keepAlive.nanoseconds),
                    logger: logger
                ),
            ])
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    func handle(value channel: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>, logger: Logger) async {
        await handleHTTP(asyncChannel: channel, logger: logger)
    }
}
