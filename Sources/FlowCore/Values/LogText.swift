/// Text from outside on its way into a log.
package enum LogText {
    /// Without control characters, and 200 characters at most.
    package static func clean(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(200).map { PrintableText.isControl($0) ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
