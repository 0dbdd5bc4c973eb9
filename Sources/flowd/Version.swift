import ArgumentParser

/// What `User-Agent: flowd/…`, `/metrics` and `flowd version` say.
let flowdVersion = "0.1.0"

extension Flowd {
    struct Version: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "version", abstract: "Print flowd's version.")

        func run() { print("flowd \(flowdVersion)") }
    }
}
