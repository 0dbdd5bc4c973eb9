import ArgumentParser
import FlowCore
import FlowDelivery
import FlowDocument
import FlowPlay
import Foundation

extension Flowd {
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run",
            abstract: "Play a call in the terminal: show what the caller hears, and ask what happens next.",
            discussion: """
                Nothing touches the network unless --live sends the requests for real: each once, under a new id, with \
                the secrets, the signature and the egress policy that flowd serve has from this environment. A script \
                holds a line for each question: busy, completed, answered, hangup, wait 3s, or \
                200 {"agent": "+12025551234"} for a request.
                """
        )

        @Argument(help: "A flow file, or the name of a flow in flows/.")
        var flow: String

        @Flag(name: .shortAndLong, help: "Show the XML that Plivo is answered.")
        var verbose = false

        @Option(help: ArgumentHelp("Take the answers from a file, or from - for standard input.", valueName: "file"))
        var script: String?

        @Option(help: ArgumentHelp("Add what was played to a test file, or make one.", valueName: "file"))
        var record: String?

        @Flag(help: "Let --record replace a test file that is there.")
        var force = false

        @Option(help: ArgumentHelp("The caller.", valueName: "number"))
        var from = ""

        @Option(help: ArgumentHelp("The number that is called.", valueName: "number"))
        var to = ""

        @Option(help: ArgumentHelp("Play a message of this text in place of a call.", valueName: "text"))
        var message: String?

        @Flag(help: "Send the requests for real, each once.")
        var live = false

        @Option(help: ArgumentHelp("Where secrets for --live are files (FLOWD_SECRETS_DIR).", valueName: "dir"))
        var secretsDir: String?

        func validate() throws {
            guard !force || record != nil else { throw ValidationError("--force goes with --record") }
        }

        func run() async throws {
            let console = PlayConsole()
            do {
                let (played, findings) = try CaseFolder.flow(NamedFlow.find(flow)?.path ?? flow)
                guard let played else { throw Self.end(findings, console) }
                let recording = try record.map { path in
                    try CaseRecording(to: path, of: played.flow, replaces: force)
                }
                let item = try await play(played, console)
                if let recording { console.note("\(try recording.write(item))\n") }
            } catch let error as StageMistake {
                console.complain(error.description)
                throw ExitCode(2)
            } catch let error as CaseFolder.Unreadable {
                console.complain(error.description)
                throw ExitCode(2)
            }
        }

        /// Says what keeps the flow from being played.
        private static func end(_ findings: [Finding], _ console: PlayConsole) -> ExitCode {
            let report = TextReport(paint: console.paint)
            for finding in findings { console.note(report.text(finding)) }
            return ExitCode(1)
        }

        private func play(_ played: PlayedFlow, _ console: PlayConsole) async throws -> CallCase {
            var options = TerminalCall.Options(isVerbose: verbose, from: from, to: to, message: message)
            let input = PlayInput(console: console, script: try script.map(Self.lines))
            var courier: HTTPCourier?
            if live {
                let environment = try SettingsEnvironment.read().filter { !$0.value.isEmpty }
                let secrets = Secrets(
                    environment: environment,
                    directory: SettingsEnvironment.secretsFolder(secretsDir, environment)?.path
                )
                let missing = secrets.missing(in: played.flow, nil)
                guard missing.isEmpty else { throw Self.end(missing, console) }
                courier = try Self.courier(environment, secrets)
                options.opening = Serve.now()
            }
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
        private static func courier(_ environment: [String: String], _ secrets: Secrets) throws -> HTTPCourier {
            HTTPCourier(
                policy: try ServeSettings.egress(environment["FLOWD_EGRESS"], "FLOWD_EGRESS"),
                secrets: secrets.source,
                signer: try ServeSettings.signer(environment),
                version: flowdVersion,
                trustRoots: try Serve.trustRoots(environment),
                now: Serve.now
            )
        }
    }
}
