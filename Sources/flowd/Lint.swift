import FlowCore
import ArgumentParser
import FlowDocument
import FlowFiles
import FlowLint

extension Flowd {
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lint",
            abstract: "Find what is wrong with flows before a call does.",
            discussion: """
                Exits with 0 where nothing fails, 1 where something does, 2 where it could not run. Errors fail, and with \
                --strict warnings too. "flowd explain FD202" shows what a finding means.
                """
        )

        @Argument(help: "Flow files, folders with them, or - for a flow on standard input.")
        var paths: [String] = ["flows"]

        @Option(help: "text, json, sarif or github.")
        var format = ReportFormat.text

        @Flag(help: "Fail for warnings too.")
        var strict = false

        @Option(help: "auto, always or never; auto colours for a terminal, unless NO_COLOR is set.")
        var color = ColorChoice.auto

        func run() throws {
            let files: [SourceFile]
            let unreadable: [Finding]
            do {
                (files, unreadable) = try sources()
            } catch {
                Console.complain("\(error)")
                throw ExitCode(2)
            }
            let builds = Linter.read(files)
            var report = Linter.lint(builds, of: files, today: Serve.now().date)
            report.add(unreadable)
            let text = format.write(report, colored: color.isOn, version: flowdVersion)
            if !text.isEmpty { Console.print(text, terminator: "") }
            for note in report.notes { Console.say("note: \(note)") }
            if format == .text { Console.say(report.summary) }
            // The process ends here: to take thousands of flows apart first, value by value, would be work for nothing.
            withExtendedLifetime(builds) {
                Flowd.exit(withError: report.fails(strict: strict) ? ExitCode(1) : nil)
            }
        }

        private func sources() throws(FlowFolderError) -> (files: [SourceFile], unreadable: [Finding]) {
            let named = paths.filter { $0 != "-" }
            guard named.count < paths.count else { return try FlowFolder(paths).sources() }
            let (files, unreadable) = named.isEmpty ? ([], []) : try FlowFolder(named).sources()
            return (files + [StandardInput.flow()], unreadable)
        }
    }
}

extension ReportFormat: ExpressibleByArgument {}
