import ArgumentParser
import FlowPlay

extension Flowd {
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay",
            abstract: "Plays a recorded call again, on the version it ran on, step by step.",
            discussion: """
                Reads the store and changes nothing in it; nothing is sent. Secrets are shown as <secret NAME>. Exit \
                status: 0 the run went the same way, 1 it did not, 2 there is no such call.
                """
        )

        @Argument(help: ArgumentHelp("The call's CallUUID, or a message's MessageUUID.", valueName: "uuid"))
        var id: String

        @OptionGroup var options: StoreOptions

        @Option(help: ArgumentHelp("Writes the call as a test file.", valueName: "file"))
        var record: String?

        func run() async throws {
            let console = PlayConsole()
            do {
                let call = try await options.using { try await RecordedCall.find(id, in: $0) }
                let replay = await FlowPlay.Replay.play(call)
                switch options.format {
                case .text: console.write(replay.text(paint: console.paint))
                case .json: console.write(replay.json)
                }
                if let record {
                    try CaseFolder.write(replay.testFile, to: record)
                    console.note("written to \(record)\n")
                }
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
