import FoundationEssentials
import Glibc

/// Standard output for data, standard error for everything else, standard input for answers.
package struct PlayConsole: Sendable {
    package let paint: Paint
    private let showsProgress: Bool
    private let isSilent: Bool

    /// - Parameter isSilent: writes nothing at all.
    package init(isSilent: Bool = false) {
        self.isSilent = isSilent
        let environment = ProcessInfo.processInfo.environment
        let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        paint = Paint(isColoured: isatty(STDOUT_FILENO) == 1 && !isPlain)
        showsProgress = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    }

    package func write(_ text: TerminalText) {
        if !isSilent { FileHandleOutput.write(text.description, to: STDOUT_FILENO) }
    }

    package func note(_ text: TerminalText) {
        if !isSilent { FileHandleOutput.write(text.description, to: STDERR_FILENO) }
    }

    /// Says why a command could not do what it was asked, behind the command's name.
    package func complain(_ text: String) { note("flowd: \(TerminalText(lines: text))\n") }

    /// One line on a terminal, each over the one before.
    package func progress(_ text: String) {
        if showsProgress { note("\r\u{1B}[K\(String(text.prefix(100)))") }
    }

    package func endProgress() {
        if showsProgress { note("\r\u{1B}[K") }
    }

    /// A question and the line that answers it; nil at the end of the input.
    package func ask(_ question: String) -> String? {
        note("\(question)")
        return readLine(strippingNewline: true)
    }
}

private enum FileHandleOutput {
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { unistdWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

private func unistdWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
