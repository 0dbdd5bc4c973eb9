import NIOCore
import NIOHTTP1

extension ChannelPipeline.SynchronousOperations {
    /// HTTP/1.1 as both ports speak it: bytes to parts within the limits, a ``ConnectionGuard`` and ``ProtocolRules``.
    ///
    /// What comes behind it answers one request after the other, and ends with the first that is no HTTP.
    ///
    /// - Parameter onMalformed: called for what is no HTTP, and for headers over a limit.
    func addHTTP(_ limits: ListenerLimits, onMalformed: @escaping @Sendable () -> Void) throws {
        var decoder = NIOHTTPDecoderLimitConfiguration()
        decoder.maxHeaderFieldSize = limits.headerField
        decoder.maxHeaderListSize = limits.header
        decoder.maxHeaderFieldCount = limits.headerFields
        try configureHTTPServerPipeline(
            withPipeliningAssistance: false,
            withErrorHandling: false,
            // The types of the answers' fields see to that.
            withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: decoder
        )
        try addHandlers([ConnectionGuard(limits), ProtocolRules(onMalformed: onMalformed)])
    }
}
