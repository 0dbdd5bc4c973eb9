import ArgumentParser
import FlowDocument
import FlowLint

extension Flowd {
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Show what a finding of \"flowd lint\" means.",
            discussion: "Without a code it lists all rules."
        )

        @Argument(help: "A code such as FD202, or a name such as dangling-transition.")
        var codes: [String] = []

        @Option(help: "auto, always or never.")
        var color = ColorChoice.auto

        func validate() throws {
            for code in codes where Rules.named(code) == nil {
                let close =
                    nearMiss(code.uppercased(), among: Rules.codes.sorted()) ?? nearMiss(code, among: Rules.names)
                throw ValidationError(
                    "\"\(code)\" is no code of a rule"
                        + (close.map { ". did you mean \"\($0)\"?" } ?? ": \"flowd explain\" lists them all")
                )
            }
        }

        func run() {
            if codes.isEmpty {
                for rule in Rules.all {
                    Console.print("\(rule.code.id)  \(rule.code.severity.rawValue.padded(to: 7))  \(rule.summary)")
                }
            }
            let pages = codes.compactMap { Rules.named($0) }.map { Explanation($0).text(colored: color.isOn) }
            if !pages.isEmpty { Console.print(pages.joined(separator: "\n"), terminator: "") }
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
