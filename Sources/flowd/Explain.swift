import ArgumentParser
import FlowLint

extension Flowd {
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Show what a finding of \"flowd lint\" means, or what a node type takes and gives.",
            discussion: """
                "flowd explain FD202" shows a rule, "flowd explain call_forward" a node type, "flowd explain flow" the keys \
                of a flow file. Without a word it lists all pages.
                """
        )

        @Argument(help: "A rule's code or name, such as FD202 or dangling-transition; a node type; or flow.")
        var words: [String] = []

        @Option(help: "auto, always or never.")
        var color = ColorChoice.auto

        func run() throws {
            guard !words.isEmpty else {
                Console.print(ReferenceIndex.list, terminator: "")
                return
            }
            let pages = try words.map { word in
                guard let page = ReferenceIndex.page(word, colored: color.isOn) else {
                    throw ValidationError(ReferenceIndex.objection(to: word))
                }
                return page
            }
            Console.print(pages.joined(separator: "\n"), terminator: "")
        }
    }
}
