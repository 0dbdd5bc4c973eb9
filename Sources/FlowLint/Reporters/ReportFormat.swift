/// The forms of `flowd lint --format`.
package enum ReportFormat: String, CaseIterable, Sendable {
    case text, json, sarif, github

    /// The whole of what `flowd lint` prints to stdout, with a line break at its end unless it is empty.
    ///
    /// - Parameters:
    ///   - colored: whether the text may hold the colours of a terminal; the other forms never do.
    ///   - version: flowd's own, for SARIF.
    package func write(_ report: LintReport, colored: Bool, version: String) -> String {
        switch self {
        case .text: TextReporter(report, isColored: colored).text
        case .json: JSONReporter.text(of: report)
        case .sarif: SARIFReporter(report, version: version).text
        case .github: GitHubReporter.text(of: report)
        }
    }
}
