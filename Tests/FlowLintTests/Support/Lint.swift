import FlowCore
import FlowDocument
import FlowLint

/// Lints one text.
func lint(_ text: String, file: String = "a.yaml", format: Document.Format = .yaml) -> LintReport {
    Linter.lint([SourceFile(file: file, source: Array(text.utf8), format: format)])
}

extension LintReport {
    /// `FD204 9:5 message`, a line each.
    var lines: [String] { findings.map { "\($0.code.id) \($0.span.start) \($0.message)" } }

    var codes: [String] { findings.map(\.code.id) }
}

/// A flow that answers a call with a dial; `rest` follows in the dialling node, which is the last.
func forwarding(_ rest: String) -> String {
    """
    version: 1
    nodes:
      Start:
        type: start
        transitions:
          incoming_call: Forward
      Forward:
        type: call_forward
        to: +12025551234
    \(rest)
    """
}
