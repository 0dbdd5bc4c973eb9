import CZlib

/// Unpacks the body of an answer (RFC 9110, section 8.4): gzip and deflate, which servers use without being asked.
enum ContentCoding {
    enum Failure: Error, Hashable {
        case tooLarge
        /// The packed data ends too early.
        case cutOff
        case damaged
        /// A coding that flowd does not read.
        case unknown(String)
    }

    /// Codings of one body, one inside the other.
    private static let codingsAtMost = 4
    private static let chunkBytes = 32 * 1_024

    /// Undoes the codings of a body, the last one first.
    ///
    /// A text that is labelled as packed and is not is taken as it is: servers forget to remove the label.
    ///
    /// - Parameters:
    ///   - codings: the values of `Content-Encoding`, in their order.
    ///   - limit: bytes that the body may have, packed inside each other or not.
    static func decode(_ body: [UInt8], _ codings: [String], limit: Int) throws(Failure) -> [UInt8] {
        let names = codings.flatMap { $0.split(separator: ",") }
            .map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            .filter { !$0.isEmpty && $0 != "identity" }
        guard names.count <= codingsAtMost else { throw .damaged }
        var body = body
        for name in names.reversed() where !body.isEmpty {
            do throws(Failure) {
                body = try decode(body, name, limit: limit)
            } catch {
                // Packed data is hardly ever UTF-8.
                guard [.damaged, .cutOff].contains(error), String(validating: body, as: UTF8.self) != nil else {
                    throw error
                }
                return body
            }
        }
        return body
    }

    private static func decode(_ body: [UInt8], _ name: String, limit: Int) throws(Failure) -> [UInt8] {
        switch name {
        case "gzip", "x-gzip": return try inflate(body, windowBits: detected, limit: limit)
        case "deflate":
            // Some servers send the bare data where RFC 9110 wants them in zlib's format (RFC 1950).
            do throws(Failure) {
                return try inflate(body, windowBits: detected, limit: limit)
            } catch .damaged {
                return try inflate(body, windowBits: bare, limit: limit)
            }
        default: throw .unknown(String(name.prefix(20)))
        }
    }

    /// zlib's largest window, for gzip or zlib as the first bytes say.
    private static let detected: CInt = 15 + 32
    /// zlib's largest window, without a header.
    private static let bare: CInt = -15

    private static func inflate(_ body: [UInt8], windowBits: CInt, limit: Int) throws(Failure) -> [UInt8] {
        // zlib wants its state to stay where it is.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard czlib_inflate_init(stream, windowBits) == Z_OK else { throw .damaged }
        defer { inflateEnd(stream) }
        return try body.withUnsafeBufferPointer { input throws(Failure) in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            return try inflate(stream, limit: limit)
        }
    }

    /// Inflates all that waits in `stream`; several gzip members are one after the other (RFC 1952, section 2.2).
    private static func inflate(_ stream: UnsafeMutablePointer<z_stream>, limit: Int) throws(Failure) -> [UInt8] {
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: chunkBytes)
        while true {
            let code = chunk.withUnsafeMutableBufferPointer { buffer in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(buffer.count)
                return CZlib.inflate(stream, Z_NO_FLUSH)
            }
            output += chunk.prefix(chunkBytes - Int(stream.pointee.avail_out))
            guard output.count <= limit else { throw .tooLarge }
            switch code {
            case Z_OK: continue
            case Z_STREAM_END:
                guard beginsMember(stream), inflateReset(stream) == Z_OK else { return output }
            case Z_BUF_ERROR: throw .cutOff
            default: throw .damaged
            }
        }
    }

    /// Whether another gzip member follows; what else may follow is padding.
    private static func beginsMember(_ stream: UnsafeMutablePointer<z_stream>) -> Bool {
        guard stream.pointee.avail_in >= 2, let next = stream.pointee.next_in else { return false }
        return next[0] == 0x1F && next[1] == 0x8B
    }
}
