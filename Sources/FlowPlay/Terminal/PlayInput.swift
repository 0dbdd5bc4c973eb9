import Synchronization

/// Where the lines of a played call come from: a person, or a list.
package final class PlayInput: Sendable {
    private let lines: Mutex<[String]?>
    private let console: PlayConsole
    private let wrong = Mutex<String?>(nil)

    /// - Parameter script: a line an answer; nil asks the person at the terminal.
    package init(console: PlayConsole, script: [String]? = nil) {
        self.console = console
        lines = Mutex(script?.map(\.trimmingBlanks).filter { !$0.isEmpty && !$0.hasPrefix("#") })
    }

    /// The first line that could not stand where it stood.
    var mistake: String? { wrong.withLock { $0 } }

    func refuse(_ line: String, _ reason: String) {
        wrong.withLock { $0 = $0 ?? "the script says \"\(line)\": \(reason)" }
    }

    var isScripted: Bool { lines.withLock { $0 != nil } }

    /// The next line of a script that nobody asked for yet.
    var left: String? { lines.withLock { $0?.first } }

    /// The next line; nil at the end.
    func next(_ question: String) -> String? {
        guard isScripted else { return console.ask(question)?.trimmingBlanks }
        guard let line = lines.withLock({ $0?.isEmpty == false ? $0?.removeFirst() : nil }) else { return nil }
        console.note("\(question)\(line)\n")
        return line
    }
}
