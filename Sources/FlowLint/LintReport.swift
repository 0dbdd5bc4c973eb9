package import FlowDocument

/// What is wrong with a set of files, in the order of a report.
package struct LintReport: Sendable {
    package var findings: [Finding]
    /// The files that were looked at, those without a finding among them.
    package var files: [SourceFile]
    /// What could not be looked for, and why.
    package var notes: [String]

    package init(findings: [Finding], files: [SourceFile], notes: [String] = []) {
        self.findings = findings
        self.files = files
        self.notes = notes
    }

    /// Adds what was found elsewhere, in files that cannot be read or in the environment.
    package mutating func add(_ others: [Finding]) {
        guard !others.isEmpty else { return }
        findings += others
        findings.sort(by: Finding.inReportOrder)
    }

    package func count(_ severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }

    /// Whether `flowd lint` ends with 1: for an error, and for a warning where it is `strict`.
    package func fails(strict: Bool) -> Bool { count(.error) > 0 || strict && count(.warning) > 0 }

    /// What there is of each kind: `2 errors and 1 warning in 3 files`.
    package var summary: String {
        let counts = [(count(.error), "error"), (count(.warning), "warning"), (count(.info), "info")]
            .filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 || $0.1 == "info" ? "" : "s")" }
        let place = "in \(files.count) file\(files.count == 1 ? "" : "s")"
        guard let last = counts.last else { return "no findings \(place)" }
        let all = counts.count == 1 ? last : counts.dropLast().joined(separator: ", ") + " and " + last
        return "\(all) \(place)"
    }
}
