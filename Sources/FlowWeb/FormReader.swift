package import FlowCore

/// Reads `application/x-www-form-urlencoded` bytes: the body of a POST, or the query of a GET (voice/xml/request).
///
/// One pass, two buffers: what Plivo sent is decoded into one array of bytes, and every name and value is a range of it.
/// Control characters and invalid UTF-8 stay as they are: whoever writes a value out escapes it for that place.
package enum FormReader {
    /// More than Plivo sends by a factor of twenty.
    package static let maximumParameters = 1_000

    /// Decodes `name=value&name=value`.
    ///
    /// As browsers do (WHATWG URL, section 5.1): `+` is a space, a pair of nothing is skipped, a name without `=` has
    /// the empty value. Unlike them: `%` has to be followed by two hexadecimal digits, because a signature over bytes
    /// that were repaired says nothing.
    ///
    /// - Throws: ``Refusal`` for broken percent-encoding and for more than ``maximumParameters`` parameters.
    package static func read(_ input: Span<UInt8>) throws(Refusal) -> Parameters {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(input.count)
        var fields: [Parameters.Field] = []
        fields.reserveCapacity(30)
        var nameStart = 0
        var nameEnd: Int?

        var index = 0
        while index <= input.count {
            guard index < input.count, input[index] != UInt8(ascii: "&") else {
                if bytes.count > nameStart || nameEnd != nil {
                    guard fields.count < maximumParameters else {
                        throw Refusal("there are more than 1,000 parameters")
                    }
                    let middle = nameEnd ?? bytes.count
                    fields.append(.init(name: nameStart..<middle, value: middle..<bytes.count))
                }
                nameStart = bytes.count
                nameEnd = nil
                index += 1
                continue
            }
            switch input[index] {
            case UInt8(ascii: "=") where nameEnd == nil:
                nameEnd = bytes.count
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard index + 2 < input.count, let high = hexValue(input[index + 1]),
                    let low = hexValue(input[index + 2])
                else { throw broken(name: nameEnd.map { bytes[nameStart..<$0] }, position: fields.count + 1) }
                bytes.append(high << 4 | low)
                index += 2
            case let byte:
                bytes.append(byte)
            }
            index += 1
        }
        return Parameters(bytes: bytes, fields: fields)
    }

    package static func read(_ input: [UInt8]) throws(Refusal) -> Parameters { try read(input.span) }

    package static func read(_ input: ArraySlice<UInt8>) throws(Refusal) -> Parameters { try read(input.span) }

    /// Decodes a query without its `?`.
    package static func read(query: some StringProtocol) throws(Refusal) -> Parameters {
        query.isEmpty ? Parameters() : try read(Array(query.utf8).span)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func broken(name: ArraySlice<UInt8>?, position: Int) -> Refusal {
        guard let name else { return Refusal("the name of parameter \(position) has broken percent-encoding") }
        var reason = "the parameter "
        // Quoted as JSON does, cut: it goes into a log line and an answer.
        JSONText.append(String(decoding: name.prefix(64), as: UTF8.self), to: &reason)
        return Refusal(reason + " has broken percent-encoding")
    }
}
