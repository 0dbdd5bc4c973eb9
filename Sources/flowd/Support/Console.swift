import Glibc

/// The two streams of a command: data goes to stdout, everything else to stderr.
enum Console {
    /// Prints one line of data, all of it, whatever its length.
    static func print(_ text: String, terminator: String = "\n") { write(text + terminator, to: STDOUT_FILENO) }

    /// Says something to the person, on stderr.
    static func say(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Says what went wrong, behind the command's name.
    static func complain(_ text: String) { say("flowd: \(text)") }

    /// Whether a person looks at stdout, or at stderr.
    static var stdoutIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var stderrIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether the user wants colours at all (no-color.org).
    static var mayColor: Bool { getenv("NO_COLOR").map { $0.pointee == 0 } ?? true }

    static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { buffer in
            var rest = UnsafeRawBufferPointer(buffer)
            while !rest.isEmpty {
                let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                // The reader of a pipe may be gone: there is nobody left to tell.
                guard written > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }
}
