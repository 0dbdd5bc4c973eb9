package import FlowDocument

/// A finding, shown where it belongs.
package struct Mark: Hashable, Sendable {
    package var code: String
    package var severity: Finding.Severity
    package var message: String

    package init(_ code: String, _ severity: Finding.Severity, _ message: String) {
        self.code = code
        self.severity = severity
        self.message = message
    }

    init(_ finding: Finding) {
        self.init(finding.code.id, finding.severity, finding.message)
    }

    /// As `flowd lint` says it: `error[FD202]: …`.
    package var text: String { "\(severity.rawValue)[\(code)]: \(message)" }
}
