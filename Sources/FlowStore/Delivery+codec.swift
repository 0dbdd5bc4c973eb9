package import FlowCore

/// A delivery in two parts: what was ordered never changes, so that an attempt rewrites only what became of it.
extension Delivery {
    /// The version of both binary forms, their first byte.
    private static let format: UInt8 = 1

    package func encodedOrder() -> [UInt8] {
        var writer = ByteWriter()
        writer.write(byte: Self.format)
        writer.write(key)
        writer.write(request)
        writer.write(maximumAttempts ?? 0)
        writer.write(createdAt)
        return writer.sealed()
    }

    package func encodedProgress() -> [UInt8] {
        var writer = ByteWriter(reserving: 16 + 32 * attempts.count)
        writer.write(byte: Self.format)
        writer.write(movesRun)
        writer.write(retriedFrom)
        writer.write(attempts)
        return writer.sealed()
    }

    package init(
        id: DeliveryID,
        state: State,
        dueAt: Timestamp,
        order: [UInt8],
        progress: [UInt8]
    ) throws(CodecError) {
        self.id = id
        self.state = state
        self.dueAt = dueAt
        var reader = try Self.reader(order)
        key = try reader.value()
        request = try reader.value()
        let maximum = try reader.natural()
        maximumAttempts = maximum == 0 ? nil : maximum
        createdAt = try reader.moment()
        try reader.finish()
        reader = try Self.reader(progress)
        movesRun = try reader.flag()
        retriedFrom = try reader.natural()
        attempts = try reader.list()
        try reader.finish()
    }

    private static func reader(_ bytes: [UInt8]) throws(CodecError) -> ByteReader {
        var reader = try ByteReader(sealed: bytes)
        let format = try reader.byte()
        guard format == Self.format else { throw reader.failure("a delivery has the unknown format \(format)") }
        return reader
    }
}

extension Delivery.Attempt: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        writer.write(at)
        writer.write(statusCode)
        writer.write(error)
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        self.init(at: try reader.moment(), statusCode: try reader.integer(), error: try reader.text())
    }
}
