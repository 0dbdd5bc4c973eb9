import FlowLint

/// What `flowd lint` prints, for whoever refuses to go on because of it.
enum LintOutput {
    static func print(_ report: LintReport) {
        Console.print(
            ReportFormat.text.write(
                report,
                colored: Console.stdoutIsTerminal && Console.mayColor,
                version: flowdVersion
            ),
            terminator: ""
        )
        Console.say(report.summary)
    }
}
