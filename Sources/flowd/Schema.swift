import ArgumentParser
import FlowLint
import FlowPlay

extension Flowd {
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema",
            abstract: "Print the JSON Schema of a flow, or of a test file, for editors.",
            discussion: """
                Save it, and say in the first line of a flow: # yaml-language-server: $schema=.flow.schema.json
                """
        )

        @Flag(help: "Print the schema of test files.")
        var tests = false

        func run() { Console.print(tests ? CaseSchema.text : FlowSchema.text, terminator: "") }
    }
}
