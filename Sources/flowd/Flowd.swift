import ArgumentParser

/// The command; each subcommand is a file of its own.
///
/// Each says its name: worked out from the type, names cost every start a few milliseconds of the runtime's reflection.
struct Flowd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flowd",
        abstract: "Run phone-call workflows from text files.",
        discussion: "flowd answers Plivo's webhooks from flows in YAML or JSON, and reports how each call ended.",
        version: flowdVersion,
        subcommands: [
            Serve.self, Lint.self, Explain.self, Schema.self, Graph.self, Run.self, Test.self, Replay.self, Runs.self,
            Deliveries.self, Version.self,
        ]
    )
}
