import FlowDocument
import FlowFiles
import FlowLint

extension FlowFolder.Contents {
    /// What `flowd lint` says of the files, those that could not be read among it.
    var linted: LintReport {
        var report = Linter.lint(files.map(\.build), of: files.map(\.source))
        report.add(unreadable)
        return report
    }

    /// What keeps the flows from being served.
    func errors(_ secrets: Secrets) -> LintReport {
        var report = linted
        report.add(secrets.missing(in: self))
        report.findings.removeAll { $0.severity != .error }
        return report
    }
}
