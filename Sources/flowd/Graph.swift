import ArgumentParser
import FlowCore
import FlowDocument
import FlowFiles
import FlowGraph
import FlowLint
import Glibc

extension Flowd {
    struct Graph: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "graph",
            abstract: "Draw a flow.",
            discussion: """
                SVG needs nothing but a browser, and follows its light or dark mode. A flow with errors is drawn as far as \
                it goes, with what is wrong marked. Exits with 1 where nothing can be drawn, 2 where it could not run.
                """
        )

        @Argument(help: "A flow file, or the name of a flow in flows/.")
        var flow: String

        @Option(help: "svg, mermaid or dot; left out: what the ending of --output says, else svg.")
        var format: PictureFormat?

        @Option(name: .shortAndLong, help: "The file to write; stdout where it is left out, or -.")
        var output: String?

        func run() throws {
            let format: PictureFormat
            do throws(PictureFormat.Mismatch) {
                format = try PictureFormat.chosen(self.format, for: output == "-" ? nil : output)
            } catch {
                throw ValidationError(error.description)
            }
            let (contents, path) = try find()
            let report = contents.linted
            guard let drawn = contents.files.first(where: { $0.source.file == path })?.build.flow else {
                let errors = LintReport(findings: report.findings.filter { $0.file == path }, files: report.files)
                Console.write(
                    ReportFormat.text.write(errors, colored: false, version: flowdVersion),
                    to: STDERR_FILENO
                )
                throw ExitCode(1)
            }
            try write(Picture(drawn, findings: report.findings).text(in: format))
            let errors = report.findings.count { $0.file == path && $0.severity == .error }
            if errors > 0 {
                Console.say("drawn as far as it goes: \(errors) error\(errors == 1 ? "" : "s"), see flowd lint \(path)")
            }
        }

        /// The flow's file, read; for a name all of flows/, as lint sees it.
        private func find() throws -> (FlowFolder.Contents, path: String) {
            do {
                if let named = try NamedFlow.find(flow) { return (named.contents, named.path) }
                let contents = try FlowFolder([flow]).read()
                guard contents.files.count == 1 || contents.files.isEmpty && !contents.findings.isEmpty else {
                    throw ValidationError("\"\(flow)\" has \(contents.files.count) flows in it: name one flow")
                }
                return (contents, contents.files.first?.source.file ?? flow)
            } catch let error as FlowFolderError {
                throw ValidationError("\(error)")
            }
        }

        private func write(_ text: String) throws {
            guard let output, output != "-" else {
                Console.print(text, terminator: "")
                return
            }
            let file = fopen(output, "w")
            defer { if let file { fclose(file) } }
            guard let file, fputs(text, file) >= 0, fflush(file) == 0 else {
                throw ValidationError("cannot write \"\(output)\": \(String(cString: strerror(errno)))")
            }
        }
    }
}

extension PictureFormat: ExpressibleByArgument {}
