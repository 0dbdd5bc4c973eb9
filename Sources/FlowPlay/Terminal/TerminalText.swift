import FlowCore

/// A text for a terminal, in which nothing but flowd's own colours is a command to it.
///
/// What the source code says is taken as it is. What is filled in may come from callers, app servers and files: it is shown
/// on one line, without control characters.
package struct TerminalText: ExpressibleByStringInterpolation, Hashable, Sendable, CustomStringConvertible {
    package private(set) var description: String

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += PrintableText.of(value.description)
        }

        package mutating func appendInterpolation(_ clean: TerminalText) { text += clean.description }
    }

    package init(stringLiteral: String) { description = stringLiteral }

    package init(stringInterpolation: StringInterpolation) { description = stringInterpolation.text }

    /// Several lines, in which nothing is a colour.
    package init(lines: String) { description = PrintableText.lines(of: lines) }

    /// - Parameter code: of a colour or a style, as in "Select Graphic Rendition" of ECMA-48.
    init(_ text: TerminalText, rendition code: Int) { description = "\u{1B}[\(code)m\(text.description)\u{1B}[0m" }

    package static func + (left: TerminalText, right: TerminalText) -> TerminalText { "\(left)\(right)" }

    package static func += (left: inout TerminalText, right: TerminalText) { left = left + right }
}

extension [TerminalText] {
    /// Each as a line, with a line break behind it.
    var asLines: TerminalText { reduce(into: "") { $0 += "\($1)\n" } }
}
