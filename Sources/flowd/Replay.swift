import ArgumentParser
import FlowPlay

extension Flowd {
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay",
            abstract:
                "Play a recorded call again, on the version it ran on and from the moment it came in, step by step.",
            discussion: """
                Reads the store and changes nothing in it; nothing is sent. Secrets are shown as <secret NAME>. Requests are \
                compared with those that the store holds. Exit status: 0 the run went the same way, with the same \
                requests, 1 it did not, 2 there is no such call.
                """
        )

        @Argument(help: ArgumentHelp("The call's CallUUID, or a message's MessageUUID.", valueName: "uuid"))
        var id: String

        @OptionGroup var options: StoreOptions

        @Option(help: ArgumentHelp("Add the call to a test file, or make one.", valueName: "file"))
        var record: String?

        @Flag(help: "Let --record replace a test file that is there.")
        var force = false

        func validate() throws {
            guard !force || record != nil else { throw ValidationError("--force goes with --record") }
        }

        func run() async throws {
            let console = PlayConsole()
            do {
                let call = try await options.using { try await RecordedCall.find(id, in: $0) }
                let recording = try record.map { path in
                    try CaseRecording(to: path, of: call.played.flow, replaces: force)
                }
                let replay = await FlowPlay.Replay.play(call)
                switch options.format {
                case .text: console.write(replay.text(paint: console.paint))
                case .json: console.write(TerminalText(lines: replay.json))
                }
                if let recording { console.note("\(try recording.write(call.writtenItem))\n") }
                guard replay.isSame else { throw ExitCode(1) }
            } catch let error as StageMistake {
                console.complain(error.description)
                throw ExitCode(2)
            } catch let error as CaseFolder.Unreadable {
                console.complain(error.description)
                throw ExitCode(2)
            }
        }
    }
}
