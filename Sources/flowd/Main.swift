import ArgumentParser

/// Where the process begins and ends: bad usage is one clear line and exit code 2.
@main
enum Main {
    static func main() async {
        do {
            var command = try Flowd.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        switch Flowd.exitCode(for: error) {
        case .success: Flowd.exit(withError: error)
        case .validationFailure:
            let unknown = UnknownCommand.message(CommandLine.arguments.dropFirst())
            Console.complain(unknown ?? Flowd.message(for: error))
            Flowd.exit(withError: ExitCode(2))
        case let code:
            if !(error is ExitCode) { Console.complain(Flowd.message(for: error)) }
            Flowd.exit(withError: code)
        }
    }
}
