import FlowDocument
import FlowHost
import FlowLint

extension FlowFolder.Contents {
    /// What `flowd lint` says of the files, those that could not be read among it.
    var linted: LintReport {
        let sources = files.map { file in
            SourceFile(file: file.path, source: file.source, format: Document.Format(fileName: file.path) ?? .yaml)
        }
        var report = Linter.lint(files.map(\.build), of: sources)
        let read = Set(files.map(\.path))
        report.findings += findings.filter { !read.contains($0.file) }
        report.findings.sort(by: Finding.inReportOrder)
        return report
    }

    /// What keeps the flows from being served.
    func errors(_ secrets: Secrets) -> LintReport {
        var report = linted
        report.findings += secrets.missing(in: self)
        report.findings = report.findings.filter { $0.severity == .error }.sorted(by: Finding.inReportOrder)
        return report
    }
}
