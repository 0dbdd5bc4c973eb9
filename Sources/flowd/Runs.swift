import ArgumentParser
import FlowCore
import FlowHost
import FlowReports
import FlowStore
import FlowStoreSQLite

extension Flowd {
    struct Runs: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "runs",
            abstract: "Look at calls and messages, with or without a server running.",
            subcommands: [List.self, Show.self],
            defaultSubcommand: List.self
        )

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(commandName: "list", abstract: "List runs, newest first.")

            @OptionGroup var options: StoreOptions

            @Option(help: "Only runs of this flow.")
            var flow: String?

            @Option(help: "Only runs of this status: running, delivering, finished or failed.")
            var status: String?

            @Option(help: "How many at most.")
            var limit = 50

            @Argument(help: .hidden)
            var words: [String] = []

            func validate() throws {
                if let complaint = UnknownCommand.complaint(words, behind: "runs", ["list", "show"]) {
                    throw complaint
                }
            }

            func run() async throws {
                let status = try status.map { name in
                    guard let status = FlowCore.Run.Status.allCases.first(where: { $0.name == name }) else {
                        throw ValidationError(
                            "--status: expected running, delivering, finished or failed, found \"\(name)\""
                        )
                    }
                    return status
                }
                guard (1...100_000).contains(limit) else { throw ValidationError("--limit is 1 to 100000") }
                let query = RunQuery(flow: flow, status: status, limit: limit)
                let (format, standing) = (options.format, try options.standing())
                // Of each call only its lines are kept: a hundred thousand records would fill the memory.
                let found = try await options.using { store in
                    try await store.calls(query) { record in
                        query.runs(of: [record]).map { Self.line($0, format, standing) }.joined(separator: "\n")
                    }
                }
                let lines = Array(found.lazy.flatMap { $0.split(separator: "\n") }.prefix(limit))
                switch format {
                case .json: JSONList.print(lines)
                case .text: Table.print(["ID", "FLOW", "STATUS", "FROM", "TO", "STARTED"], lines)
                }
            }

            private static func line(
                _ run: FlowCore.Run,
                _ format: StoreOptions.Format,
                _ standing: (RunID) -> CrashGuard.Standing
            ) -> String {
                let line = RunSummary(run)
                switch format {
                // Nothing in a summary keeps it from being written as JSON.
                case .json: return (try? JSONList.item(line)) ?? "null"
                case .text:
                    let isAside = !run.hasEnded && standing(run.id).isAside
                    let status = isAside ? "\(line.status), set aside" : line.status
                    let cells = [line.id, line.flow, status, line.from, line.to, line.startedAt]
                    return Table.row(cells.map(LogText.clean))
                }
            }
        }

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "show",
                abstract: "Show all that is known of a call, a message or a side run."
            )

            @OptionGroup var options: StoreOptions

            @Argument(help: "The CallUUID, the MessageUUID, or the id of a side run.")
            var id: String

            func run() async throws {
                let found = try await options.using { try await Self.report(id, $0) }
                guard let (run, report) = found else {
                    throw Failure("no run of \"\(LogText.clean(id))\" in the store")
                }
                switch options.format {
                case .json: Console.print(String(decoding: try AdminJSON.bytes(report), as: UTF8.self), terminator: "")
                case .text:
                    let standing = try options.standing()
                    Console.print(Self.text(report, run.hasEnded ? .clear : standing(run.id)))
                }
            }

            private static func report(_ id: String, _ store: SQLiteStore) async throws -> (FlowCore.Run, RunReport)? {
                guard let found = try await FoundRun.find(id, in: store) else { return nil }
                let names = NodeNames(try await store.version(found.run.version).flatMap(\.built))
                return (found.run, RunReport(found, names: names))
            }

            private static func text(_ report: RunReport, _ standing: CrashGuard.Standing) -> String {
                let run = report.summary
                var lines = [
                    "\(LogText.clean(run.id))  \(run.flow) \(run.version)  \(run.status)",
                    "from \(LogText.clean(run.from)) to \(LogText.clean(run.to))",
                    "started \(run.startedAt)\(run.endedAt.map { ", ended \($0)" } ?? "")",
                ]
                if let origin = report.beganBy {
                    lines.append("began by event \(origin.event) of \(origin.node) in \(LogText.clean(origin.run))")
                }
                if standing == .parked {
                    lines.append("set aside: flowd died of it too often; another version tries it again")
                } else if standing == .hopeless {
                    lines.append("set aside: flowd died of it too often; nothing is tried with it any more")
                }
                lines.append("")
                lines += report.path.map { "  \($0.at)  \($0.node)\($0.outcome.map { " -[\($0)]->" } ?? " …")" }
                if !report.variables.isEmpty {
                    let all = report.variables.sorted { $0.key < $1.key }
                    lines += ["", "vars:"] + all.map { "  \($0.key) = \(LogText.clean($0.value))" }
                }
                if !report.notes.isEmpty { lines += ["", "notes:"] + report.notes.map { "  \(LogText.clean($0))" } }
                for delivery in report.deliveries {
                    lines += ["", "\(delivery.node)  \(delivery.id)  \(delivery.state)"]
                    lines += delivery.attempts.map { "  \($0.at)  \(LogText.clean($0.text))" }
                }
                for other in report.related {
                    let id = LogText.clean(other.id)
                    lines += ["", "related: \(id)  \(other.flow) \(other.status), started \(other.startedAt)"]
                }
                return lines.joined(separator: "\n")
            }
        }
    }
}

extension StoreOptions {
    /// Says how a call that is under way stands with the processes on the store.
    fileprivate func standing() throws -> @Sendable (RunID) -> CrashGuard.Standing {
        CrashGuard.look(Flowd.Serve.crashGuardPath(store: try path()))
    }
}

extension FlowVersion {
    /// The flow, for the names of its nodes.
    var built: Flow? { FlowBuilder.build(source: source, file: file, format: format, version: id).flow }
}
