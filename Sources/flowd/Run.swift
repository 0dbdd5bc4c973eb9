import ArgumentParser
import FlowCore
import FlowDelivery
import FlowPlay
import Foundation

extension Flowd {
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run",
            abstract: "Plays a call in the terminal: shows what the caller hears, and asks what happens next.",
            discussion: """
                Nothing touches the network unless --live sends the requests for real: each once, under a new id, with \
                the secrets, the signature and the egress policy that flowd serve has from this environment. A script \
                holds a line for each question: busy, completed, answered, hangup, wait 3s, or \
                200 {"agent": "+12025551234"} for a request.
                """
        )

        @Argument(help: "The flow's file.")
        var flow: String

        @Flag(name: .shortAndLong, help: "Shows the XML that Plivo is answered.")
        var verbose = false

        @Option(help: ArgumentHelp("Takes the answers from a file, or from - for standard input.", valueName: "file"))
        var script: String?

        @Option(help: ArgumentHelp("Writes what was played as a test file.", valueName: "file"))
        var record: String?

        @Option(help: ArgumentHelp("The caller.", valueName: "number"))
        var from = ""

        @Option(help: ArgumentHelp("The number that is called.", valueName: "number"))
        var to = ""

        @Option(help: ArgumentHelp("Plays a message of this text in place of a call.", valueName: "text"))
        var message: String?

        @Flag(help: "Sends the requests for real, each once.")
        var live = false

        @Option(help: ArgumentHelp("Where secrets for --live are files (FLOWD_SECRETS_DIR).", valueName: "dir"))
        var secretsDir: String?

        func run() async throws {
            let console = PlayConsole()
            do {
                let item = try await play(console)
                guard let record else { return }
                let (played, _) = try CaseFolder.flow(flow)
                try CaseFolder.write(CaseWriter(flow: played?.flow.name ?? flow).text([item]), to: record)
                console.note("written to \(record)\n")
            } catch let error as StageMistake {
                console.complain(error.description)
                throw ExitCode(2)
            } catch let error as CaseFolder.Unreadable {
                console.complain(error.description)
                throw ExitCode(2)
            }
        }

        private func play(_ console: PlayConsole) async throws -> CallCase {
            let (played, findings) = try CaseFolder.flow(flow)
            guard let played else {
                let report = TextReport(paint: console.paint)
                for finding in findings { console.note(report.lines(finding).joined(separator: "\n") + "\n") }
                throw ExitCode(1)
            }
            let options = TerminalCall.Options(isVerbose: verbose, from: from, to: to, message: message)
            let input = PlayInput(console: console, script: try script.map(Self.lines))
            let courier = live ? try Self.courier(secretsDir) : nil
            let call = TerminalCall(played, input: input, console: console, options: options, courier: courier)
            do {
                let item = try await call.run()
                await courier?.shutDown()
                return item
            } catch {
                await courier?.shutDown()
                throw error
            }
        }

        private static func lines(_ path: String) throws -> [String] {
            if path == "-" { return Array(AnyIterator { readLine() }) }
            return String(decoding: try CaseFolder.bytes(path), as: UTF8.self).split(whereSeparator: \.isNewline).map(
                String.init
            )
        }

        /// Sends as `flowd serve` would in this environment.
        private static func courier(_ secretsDirectory: String?) throws -> HTTPCourier {
            let environment = ProcessInfo.processInfo.environment.filter { !$0.value.isEmpty }
            let directory = secretsDirectory ?? environment["FLOWD_SECRETS_DIR"]
            return HTTPCourier(
                policy: try ServeSettings.egress(environment["FLOWD_EGRESS"], "FLOWD_EGRESS"),
                secrets: Secrets(environment: environment, directory: directory).source,
                signer: try ServeSettings.signer(environment),
                version: flowdVersion,
                trustRoots: try Serve.trustRoots(environment),
                now: Serve.now
            )
        }
    }
}
