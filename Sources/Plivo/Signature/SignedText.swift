import Crypto
import FlowCore

/// What a signature is over; of a call's webhook, V3.
///
/// Taken from plivo-python's `signature_v3.py`, whose vectors the tests hold to:
///
/// - a GET: `url`, and if there is a query, `?` and its pairs, sorted, as `k=v&k=v`;
/// - a POST with parameters: `url?`, the sorted query likewise and, if there is one, `.`; then the sorted parameters
///   as `kvkv`. Without a query the bare `?` stays, and there is no dot;
/// - a POST without parameters: as a GET;
/// - then `.` and the nonce.
///
/// Pairs sort by the bytes of the name, and pairs of one name by the bytes of the value. Values of the query are decoded.
struct SignedText {
    private let bytes: [UInt8]

    /// Sorts once; the text is then good for any number of keys.
    init(url: String, query: Parameters, form: Parameters, nonce: String) {
        var text: [UInt8] = []
        text.reserveCapacity(url.utf8.count + query.bytes.count + form.bytes.count + nonce.utf8.count + 64)
        text += url.utf8
        if !(query.isEmpty && form.isEmpty) { text.append(UInt8(ascii: "?")) }
        Self.append(query, to: &text, equals: UInt8(ascii: "="), between: UInt8(ascii: "&"))
        if !query.isEmpty, !form.isEmpty { text.append(UInt8(ascii: ".")) }
        Self.append(form, to: &text, equals: nil, between: nil)
        text.append(UInt8(ascii: "."))
        text += nonce.utf8
        bytes = text
    }

    /// What a V2 signature is over: the URL without its query, and the nonce.
    init(messageURL: String, nonce: String) {
        bytes = Array(messageURL.utf8) + Array(nonce.utf8)
    }

    /// The code that the holder of `key` gives to the text.
    func code(_ key: HMAC<SHA256>) -> HMAC<SHA256>.MAC {
        var code = key
        code.update(data: bytes)
        return code.finalize()
    }

    /// Appends the pairs in their order: by the bytes of the name, then of the value.
    private static func append(_ parameters: Parameters, to text: inout [UInt8], equals: UInt8?, between: UInt8?) {
        guard !parameters.isEmpty else { return }
        parameters.bytes.withUnsafeBufferPointer { bytes in
            let fields = parameters.fields.sorted { left, right in
                let names = compare(bytes, left.name, right.name)
                return names == 0 ? compare(bytes, left.value, right.value) < 0 : names < 0
            }
            for (position, field) in fields.enumerated() {
                if position > 0, let between { text.append(between) }
                text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[field.name]))
                if let equals { text.append(equals) }
                text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[field.value]))
            }
        }
    }

    /// Below 0 where the first comes before the second, byte by byte; a beginning comes before the whole.
    private static func compare(_ bytes: UnsafeBufferPointer<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Int {
        for offset in 0..<min(left.count, right.count) {
            let difference = Int(bytes[left.lowerBound + offset]) - Int(bytes[right.lowerBound + offset])
            if difference != 0 { return difference }
        }
        return left.count - right.count
    }
}
