/// Reads what a ``ByteWriter`` wrote, and refuses everything else: no bytes whatsoever make it trap.
package struct ByteReader: Sendable {
    private let bytes: [UInt8]
    private var end: Int
    package private(set) var position: Int

    /// - Parameter count: how many of the bytes there are to read; all by default.
    package init(_ bytes: [UInt8], count: Int? = nil) {
        self.bytes = bytes
        end = min(max(count ?? bytes.count, 0), bytes.count)
        position = 0
    }

    package var remaining: Int { end - position }

    package func failure(_ reason: String) -> CodecError { CodecError(position: position, reason: reason) }

    package mutating func byte() throws(CodecError) -> UInt8 {
        guard position < end else { throw failure("the bytes end too early") }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func flag() throws(CodecError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        default: throw failure("a flag is neither 0 nor 1")
        }
    }

    package mutating func unsigned() throws(CodecError) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw failure("a number is too long") }
            number |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 { return number }
            shift += 7
        }
    }

    package mutating func signed() throws(CodecError) -> Int64 {
        let number = try unsigned()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// A number within ±2³¹: nothing that is counted here is larger, and sums of such numbers do not overflow.
    package mutating func integer() throws(CodecError) -> Int {
        let number = try signed()
        guard let small = Int32(exactly: number) else { throw failure("a number is out of range") }
        return Int(small)
    }

    /// A number from 0 on: an index, a turn, a count.
    package mutating func natural() throws(CodecError) -> Int {
        let number = try integer()
        guard number >= 0 else { throw failure("a number is below 0") }
        return number
    }

    /// How many elements follow, each of which takes at least a byte.
    package mutating func count() throws(CodecError) -> Int {
        let number = try unsigned()
        guard number <= UInt64(remaining) else { throw failure("there is less than was counted") }
        return Int(number)
    }

    package mutating func text() throws(CodecError) -> String {
        let slice = try unframed(count())
        guard let text = String(validating: slice, as: UTF8.self) else { throw failure("a text is not UTF-8") }
        return text
    }

    package mutating func content() throws(CodecError) -> [UInt8] { Array(try unframed(count())) }

    package mutating func unframed(_ count: Int) throws(CodecError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw failure("the bytes end too early") }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// A reader of the bytes behind a length.
    package mutating func block() throws(CodecError) -> ByteReader {
        let count = try count()
        var content = self
        content.end = position + count
        position += count
        return content
    }

    /// The bytes that were read since `start`.
    func written(from start: Int) -> ArraySlice<UInt8> { bytes[start..<position] }

    package mutating func moment() throws(CodecError) -> Timestamp { try moment(since: Timestamp(milliseconds: 0)) }

    package mutating func moment(since base: Timestamp) throws(CodecError) -> Timestamp {
        let (milliseconds, overflows) = base.milliseconds.addingReportingOverflow(try signed())
        guard !overflows, Self.years.contains(milliseconds) else { throw failure("a moment is out of range") }
        return Timestamp(milliseconds: milliseconds)
    }

    package mutating func value<Value: BinaryCoded>() throws(CodecError) -> Value { try Value(decoding: &self) }

    package mutating func optional<Value: BinaryCoded>() throws(CodecError) -> Value? {
        guard try flag() else { return nil }
        return try Value(decoding: &self)
    }

    package mutating func list<Value: BinaryCoded>() throws(CodecError) -> [Value] {
        let count = try count()
        var list: [Value] = []
        list.reserveCapacity(count)
        for _ in 0..<count { list.append(try Value(decoding: &self)) }
        return list
    }

    /// Throws unless everything was read.
    package func finish() throws(CodecError) {
        guard remaining == 0 else { throw failure("\(remaining) bytes are left over") }
    }

    /// ±10 000 years or so around 1970: sums with any number of seconds stay within range.
    private static let years: ClosedRange<Int64> = -(1 << 48)...(1 << 48)
}
