import ArgumentParser
import FlowDocument

/// A word where a command stands, and that is none.
enum UnknownCommand {
    /// What is said instead of "unexpected argument".
    ///
    /// - Parameter arguments: those of the process, without its own name.
    /// - Returns: nil where the first one is a flag or a command.
    static func message(_ arguments: ArraySlice<String>) -> String? {
        let names = Flowd.configuration.subcommands.compactMap { $0.configuration.commandName }
        guard let word = arguments.first, !word.hasPrefix("-"), !(names + ["help"]).contains(word) else { return nil }
        let help = nearMiss(word, among: names).map { "did you mean \"flowd \($0)\"?" }
        return "there is no command \"\(word)\". \(help ?? "\"flowd --help\" lists all")"
    }

    /// For a command whose list is what it does without a word.
    ///
    /// - Parameters:
    ///   - words: what stands behind the command and is none of its commands.
    ///   - command: `runs`, with the name of the one that shows a single thing.
    static func complaint(_ words: [String], behind command: String, _ names: [String]) -> ValidationError? {
        guard let word = words.first else { return nil }
        let known = nearMiss(word, among: names)
        let meant = ([command, known ?? "show"] + (known == nil ? words : Array(words.dropFirst())))
        return ValidationError(
            "\"flowd \(command)\" takes no \"\(word)\". did you mean \"flowd \(meant.joined(separator: " "))\"?"
        )
    }
}
