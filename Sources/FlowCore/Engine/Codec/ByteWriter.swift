/// Bytes as they are written: numbers as varints, everything else behind its length.
package struct ByteWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init(reserving capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    package mutating func write(byte: UInt8) { bytes.append(byte) }

    package mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    /// LEB128: seven bits a byte, the lowest first.
    package mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Zigzag, so that -64 to 63 take one byte.
    package mutating func write(_ number: Int64) {
        write(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    /// A number within ±2³¹, beyond which it is cut off: a reader takes no others.
    package mutating func write(_ number: Int) { write(Int64(Int32(clamping: number))) }

    package mutating func write(_ text: String) {
        write(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func write(_ content: [UInt8]) {
        write(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    /// Writes bytes without their number, which the reader knows.
    package mutating func write(unframed content: some Collection<UInt8>) { bytes.append(contentsOf: content) }

    package mutating func write(_ moment: Timestamp) { write(moment.milliseconds) }

    /// The milliseconds since `base`: two or three bytes where the whole moment takes six.
    package mutating func write(_ moment: Timestamp, since base: Timestamp) {
        write(moment.milliseconds &- base.milliseconds)
    }

    package mutating func write(_ value: some BinaryCoded) { value.encode(into: &self) }

    package mutating func write<Value: BinaryCoded>(_ value: Value?) {
        write(value != nil)
        if let value { value.encode(into: &self) }
    }

    package mutating func write<Value: BinaryCoded>(_ list: [Value]) {
        write(UInt64(list.count))
        for value in list { value.encode(into: &self) }
    }

    /// Writes what `body` writes behind its length.
    @inline(__always)
    package mutating func block(_ body: (inout ByteWriter) -> Void) {
        let start = bytes.count
        // Most blocks are shorter than 128 bytes, and their length is one byte.
        bytes.append(0)
        body(&self)
        close(blockAt: start)
    }

    private mutating func close(blockAt start: Int) {
        let length = bytes.count - start - 1
        guard length >= 0x80 else {
            bytes[start] = UInt8(length)
            return
        }
        var prefix = ByteWriter(reserving: 5)
        prefix.write(UInt64(length))
        bytes.replaceSubrange(start...start, with: prefix.bytes)
    }
}
