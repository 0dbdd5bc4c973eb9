/// What ends the reading of a text: where, what is there, and what was expected.
package struct ReadFailure: Error, Hashable, Sendable {
    package var code: Code
    package var message: String
    package var span: Span
    package var help: [String]

    package init(_ code: Code, _ message: String, span: Span, help: [String] = []) {
        self.code = code
        self.message = message
        self.span = span
        self.help = help
    }

    package func finding(in file: String) -> Finding {
        Finding(code, message, file: file, span: span, help: help)
    }
}

extension ReadFailure {
    static let emptyFile = ReadFailure(.syntax, "the file is empty. a flow has at least \"nodes\"", span: .start)
}
