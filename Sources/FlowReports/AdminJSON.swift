import FoundationEssentials

/// How reports are written: keys in alphabetical order, so that equal reports are equal bytes.
package enum AdminJSON {
    package static func bytes(_ report: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(report)) + [UInt8(ascii: "\n")]
    }
}
