import Crypto
import FlowCore

/// What a V3 signature is over, fed to a hash piece by piece: it is never one string.
///
/// Taken from plivo-python's `signature_v3.py`, whose vectors the tests hold to:
///
/// - a GET: `url`, and if there is a query, `?` and its pairs, sorted, as `k=v&k=v`;
/// - a POST with parameters: `url?`, the sorted query likewise and, if there is one, `.`; then the sorted parameters
///   as `kvkv`. Without a query the bare `?` stays, and there is no dot;
/// - a POST without parameters: as a GET;
/// - then `.` and the nonce.
///
/// Pairs sort by the bytes of the name, those of one name by the bytes of the value. Values of the query are decoded.
struct SignedText {
    /// Scheme, host, port and path, as Plivo was given them; no query.
    private let url: [UInt8]
    private let query: Parameters
    private let queryOrder: [Int]
    private let form: Parameters
    private let formOrder: [Int]
    private let nonce: [UInt8]

    /// Sorts once; the text is then good for any number of keys.
    init(url: String, query: Parameters, form: Parameters, nonce: String) {
        self.url = Array(url.utf8)
        self.query = query
        self.form = form
        self.nonce = Array(nonce.utf8)
        queryOrder = Self.order(query)
        formOrder = Self.order(form)
    }

    /// The code that the holder of `key` gives to the text.
    func code(_ key: HMAC<SHA256>) -> HMAC<SHA256>.MAC {
        var code = key
        code.update(data: url)
        if !(query.isEmpty && form.isEmpty) { code.update(data: Self.questionMark) }
        for (position, index) in queryOrder.enumerated() {
            let field = query.fields[index]
            if position > 0 { code.update(data: Self.ampersand) }
            code.update(data: query.bytes[field.name])
            code.update(data: Self.equalsSign)
            code.update(data: query.bytes[field.value])
        }
        if !query.isEmpty, !form.isEmpty { code.update(data: Self.dot) }
        for index in formOrder {
            let field = form.fields[index]
            code.update(data: form.bytes[field.name])
            code.update(data: form.bytes[field.value])
        }
        code.update(data: Self.dot)
        code.update(data: nonce)
        return code.finalize()
    }

    private static func order(_ parameters: Parameters) -> [Int] {
        let (bytes, fields) = (parameters.bytes, parameters.fields)
        return fields.indices.sorted { left, right in
            let (left, right) = (fields[left], fields[right])
            if bytes[left.name].elementsEqual(bytes[right.name]) {
                return bytes[left.value].lexicographicallyPrecedes(bytes[right.value])
            }
            return bytes[left.name].lexicographicallyPrecedes(bytes[right.name])
        }
    }

    private static let questionMark = [UInt8(ascii: "?")]
    private static let ampersand = [UInt8(ascii: "&")]
    private static let equalsSign = [UInt8(ascii: "=")]
    private static let dot = [UInt8(ascii: ".")]
}
