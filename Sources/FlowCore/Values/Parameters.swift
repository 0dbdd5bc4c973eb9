/// The parameters of a webhook, decoded, in the order they came.
///
/// One buffer holds all names and values; a value becomes a `String` when it is asked for.
package struct Parameters: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package var name: Range<Int>
        package var value: Range<Int>

        package init(name: Range<Int>, value: Range<Int>) {
            self.name = name
            self.value = value
        }
    }

    /// Decoded bytes, as UTF-8 (invalid sequences are repaired when read).
    package private(set) var bytes: [UInt8]
    package private(set) var fields: [Field]

    package init(bytes: [UInt8] = [], fields: [Field] = []) {
        self.bytes = bytes
        self.fields = fields
    }

    package init(_ pairs: [(String, String)]) {
        self.init()
        for (name, value) in pairs { append(name, value) }
    }

    package mutating func append(_ name: String, _ value: String) {
        let start = bytes.count
        bytes += name.utf8
        let middle = bytes.count
        bytes += value.utf8
        fields.append(Field(name: start..<middle, value: middle..<bytes.count))
    }

    package var isEmpty: Bool { fields.isEmpty }

    /// The first value of that name, or nil where Plivo did not send it.
    package subscript(_ name: String) -> String? {
        let wanted = name.utf8
        let count = wanted.count
        return fields.first { $0.name.count == count && bytes[$0.name].elementsEqual(wanted) }.map { text($0.value) }
    }

    /// The first value of that name without control characters and blanks at its ends, cut; empty where there is none.
    ///
    /// - Parameter limit: in Unicode scalars.
    package func printable(_ name: String, atMost limit: Int = 200) -> String {
        let kept = (self[name] ?? "").unicodeScalars.lazy.filter { !$0.isControl }
        return String(String.UnicodeScalarView(kept.prefix(limit))).trimmed
    }

    package func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The parameters but those of some names.
    package func without(_ names: Set<String>) -> Parameters {
        guard !names.isEmpty else { return self }
        return Parameters(bytes: bytes, fields: fields.filter { !names.contains(text($0.name)) }).compacted
    }

    /// The same without bytes that no field names.
    private var compacted: Parameters { Parameters(pairs.map { ($0.name, $0.value) }) }

    /// Names and values as texts, in order.
    package var pairs: [(name: String, value: String)] { fields.map { (text($0.name), text($0.value)) } }
}
