import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// The body; nil where it has more than `limit` bytes, after which reading stops.
    ///
    /// - Throws: ``RequestCutOff`` where the client went away in the middle of it.
    func bytes(upTo limit: Int) async throws -> [UInt8]? {
        let announced = headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > limit { return nil }
        do {
            let buffer = try await body.collect(upTo: limit)
            // Hummingbird takes the end of a connection for the end of a body.
            if let announced, announced != buffer.readableBytes { throw RequestCutOff() }
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            return nil
        }
    }
}

/// The client went away in the middle of its request.
struct RequestCutOff: Error {}
