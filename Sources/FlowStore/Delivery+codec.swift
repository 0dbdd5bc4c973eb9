package import FlowCore

/// A delivery is two rows' worth of bytes: what was ordered, which never changes, and how far it has come.
extension Delivery {
    /// The version of both binary forms, their first byte.
    ///
    /// Format 1 had no fields.
    private static let format: UInt8 = 2
    private static let landedFormat: UInt8 = 1

    package func encodedOrder() -> [UInt8] {
        var writer = ByteWriter()
        writer.write(byte: Self.format)
        writer.field(1, key)
        writer.field(2, request)
        if let maximumAttempts { writer.field(3, maximumAttempts) }
        writer.field(4, createdAt)
        writer.field(5, Int(kind.rawValue))
        writer.write(unknownOrderFields)
        return writer.sealed()
    }

    package func encodedProgress() -> [UInt8] {
        var writer = ByteWriter(reserving: 16 + 32 * attempts.count)
        writer.write(byte: Self.format)
        writer.field(1, movesRun ? 1 : 0)
        if retriedFrom > 0 { writer.field(2, retriedFrom) }
        if !attempts.isEmpty { writer.field(3) { $0.write(attempts) } }
        writer.write(unknownProgressFields)
        return writer.sealed()
    }

    package init(
        id: DeliveryID,
        state: State,
        dueAt: Timestamp,
        order: [UInt8],
        progress: [UInt8]
    ) throws(CodecError) {
        var reader = try ByteReader(sealed: order)
        let ordered = try Ordered(&reader)
        self.id = id
        self.state = state
        self.dueAt = dueAt
        key = ordered.key
        kind = ordered.kind
        request = ordered.request
        maximumAttempts = ordered.attempts
        createdAt = ordered.createdAt
        unknownOrderFields = ordered.unknown
        reader = try ByteReader(sealed: progress)
        try takeProgress(&reader)
    }

    private mutating func takeProgress(_ reader: inout ByteReader) throws(CodecError) {
        switch try reader.byte() {
        case Self.format:
            var (moves, from, made) = (true, 0, [Attempt]())
            unknownProgressFields = try reader.fields { tag, reader throws(CodecError) in
                switch tag {
                case 1: moves = try reader.natural() == 1
                case 2: from = try reader.natural()
                case 3: made = try reader.list()
                default: return false
                }
                return true
            }
            (movesRun, retriedFrom, attempts) = (moves, from, made)
        case Self.landedFormat:
            movesRun = try reader.flag()
            retriedFrom = try reader.natural()
            for _ in 0..<(try reader.count()) {
                attempts.append(
                    Attempt(at: try reader.moment(), statusCode: try reader.integer(), error: try reader.text())
                )
            }
            try reader.finish()
        case let format: throw reader.failure("a delivery has the unknown format \(format)")
        }
    }

    /// What the first row holds.
    private struct Ordered {
        var key: EffectKey
        var kind = Order.Kind.report
        var request: OutboundRequest
        var attempts: Int?
        var createdAt: Timestamp
        var unknown = UnknownFields()

        init(_ reader: inout ByteReader) throws(CodecError) {
            switch try reader.byte() {
            case Delivery.format: try self.init(fields: &reader)
            case Delivery.landedFormat: try self.init(landed: &reader)
            case let format: throw reader.failure("a delivery has the unknown format \(format)")
            }
        }

        private init(landed reader: inout ByteReader) throws(CodecError) {
            key = try EffectKey(landed: &reader)
            request = try OutboundRequest(landed: &reader)
            let maximum = try reader.natural()
            attempts = maximum == 0 ? nil : maximum
            createdAt = try reader.moment()
            try reader.finish()
        }

        private init(fields reader: inout ByteReader) throws(CodecError) {
            var key: EffectKey?
            var request: OutboundRequest?
            var createdAt: Timestamp?
            var (kind, attempts) = (Order.Kind.report, Int?.none)
            let unknown = try reader.fields { tag, reader throws(CodecError) in
                switch tag {
                case 1: key = try reader.value()
                case 2: request = try reader.value()
                case 3: attempts = try reader.natural()
                case 4: createdAt = try reader.moment()
                case 5:
                    guard let known = Order.Kind(rawValue: UInt8(truncatingIfNeeded: try reader.natural())) else {
                        throw reader.failure("a delivery is of an unknown kind")
                    }
                    kind = known
                default: return false
                }
                return true
            }
            guard let key, let request, let createdAt else { throw reader.failure("a delivery orders nothing") }
            self.key = key
            self.request = request
            self.createdAt = createdAt
            self.kind = kind
            self.attempts = attempts
            self.unknown = unknown
        }
    }
}

extension Delivery.Attempt: FieldCoded {
    package func encodeFields(into writer: inout ByteWriter) {
        writer.write(at)
        writer.write(statusCode)
        writer.write(error)
    }

    /// What a newer flowd wrote behind these is passed over.
    package init(decodingFields reader: inout ByteReader) throws(CodecError) {
        self.init(at: try reader.moment(), statusCode: try reader.integer(), error: try reader.text())
    }
}
