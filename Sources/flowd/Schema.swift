import ArgumentParser
import FlowLint

extension Flowd {
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema",
            abstract: "Print the JSON Schema of a flow, for editors.",
            discussion: """
                Save it, and say in the first line of a flow: # yaml-language-server: $schema=.flow.schema.json
                """
        )

        func run() { Console.print(FlowSchema.text, terminator: "") }
    }
}
