import ArgumentParser
import FlowPlay

extension Flowd {
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Play flow tests: what Plivo sends, what app servers answer, what must come out.",
            discussion: """
                Tests are *.test.yaml files beside the flows; docs/testing.md shows how they are written. Time is \
                virtual and nothing touches the network. Exit status: 0 all passed, 1 some did not, 2 it could not run.
                """
        )

        enum Format: String, ExpressibleByArgument, CaseIterable {
            case text, json, junit
        }

        @Argument(help: "Test files, flows, or folders that are searched for tests.")
        var paths: [String] = ["flows"]

        @Option(help: ArgumentHelp("Play only cases whose \"flow: name\" holds this text.", valueName: "text"))
        var filter = ""

        @Option(help: "How results are written.")
        var format = Format.text

        @Flag(help: "Show which nodes, edges and outcomes were taken.")
        var coverage = false

        @Option(help: ArgumentHelp("Fail where fewer of a flow's edges were taken.", valueName: "percent"))
        var minEdges: Int?

        @Flag(help: "Play each case again with events doubled, delayed and swapped; the books must say the same.")
        var adversary = false

        @Flag(help: "Show each call turn by turn.")
        var transcript = false

        @Flag(help: "Walk every sequence of outcomes of the flows that the paths name; needs no test files.")
        var exhaustive = false

        func validate() throws {
            if let minEdges, !(0...100).contains(minEdges) {
                throw ValidationError("--min-edges is a number from 0 to 100")
            }
        }

        func run() async throws {
            let console = PlayConsole()
            do {
                let passed = try await exhaustive ? walk(console) : play(console)
                guard passed else { throw ExitCode(1) }
            } catch let error as CaseFolder.Unreadable {
                console.complain(error.description)
                throw ExitCode(2)
            }
        }

        private func play(_ console: PlayConsole) async throws -> Bool {
            let items = try CaseFolder.load(paths)
            let plan = TestPlan(filter: filter, isAdverse: adversary, minimumEdges: minEdges)
            let (flows, broken) = try CaseFolder.flows(paths)
            let total = items.map(\.file.cases.count).reduce(0, +)
            var count = 0
            var run = await plan.run(items, flows: flows) { row in
                count += 1
                console.progress("\(count)/\(total) \(row.title)")
            }
            console.endProgress()
            // A flow that cannot be read has edges too, and none was taken. Its test file says the same.
            if minEdges != nil, filter.isEmpty { run.findings += broken.filter { !run.findings.contains($0) } }
            if run.rows.isEmpty, run.findings.isEmpty {
                throw CaseFolder.Unreadable("there is no case to play in \(paths.joined(separator: ", "))")
            }
            if transcript, format == .text {
                for row in run.rows { console.write(TerminalText(lines: Transcript(row.flow).text(row.result) + "\n")) }
            }
            switch format {
            case .text: console.write(TextReport(paint: console.paint, showsCoverage: coverage).text(run))
            case .json: console.write(TerminalText(lines: JSONReport.text(run)))
            case .junit: console.write(TerminalText(lines: JUnitReport.text(run)))
            }
            return run.hasPassed
        }

        private func walk(_ console: PlayConsole) throws -> Bool {
            var isClean = true
            for path in try CaseFolder.flowFiles(paths) {
                let (played, findings) = try CaseFolder.flow(path)
                let report = TextReport(paint: console.paint)
                guard let played else {
                    for finding in findings { console.write(report.text(finding)) }
                    isClean = false
                    continue
                }
                let walk = ExhaustiveWalk(played.flow).run()
                console.write(walk.text(paint: console.paint))
                isClean = isClean && walk.isClean
            }
            return isClean
        }
    }
}
