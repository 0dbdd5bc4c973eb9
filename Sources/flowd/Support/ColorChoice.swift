import ArgumentParser
import Glibc

/// Whether stdout gets the colours of a terminal.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never

    /// `NO_COLOR` counts where it is set and not empty (no-color.org); a flag that says otherwise goes before it.
    var isOn: Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: Console.stdoutIsTerminal && !Self.isSet("NO_COLOR") && !Self.isDumb
        }
    }

    private static var isDumb: Bool { getenv("TERM").map { String(cString: $0) == "dumb" } ?? false }

    private static func isSet(_ name: String) -> Bool { getenv(name).map { $0.pointee != 0 } ?? false }
}
