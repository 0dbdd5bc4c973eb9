/// Colours for a terminal, or none.
package struct Paint: Sendable {
    package var isColoured: Bool

    package init(isColoured: Bool = false) {
        self.isColoured = isColoured
    }

    package func red(_ text: String) -> String { painted(text, "31") }
    package func green(_ text: String) -> String { painted(text, "32") }
    package func yellow(_ text: String) -> String { painted(text, "33") }
    package func dim(_ text: String) -> String { painted(text, "2") }
    package func bold(_ text: String) -> String { painted(text, "1") }

    private func painted(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
