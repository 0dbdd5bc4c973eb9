/// Colours for a terminal, or none.
package struct Paint: Sendable {
    package var isColoured: Bool

    package init(isColoured: Bool = false) {
        self.isColoured = isColoured
    }

    package func red(_ text: TerminalText) -> TerminalText { painted(text, 31) }
    package func green(_ text: TerminalText) -> TerminalText { painted(text, 32) }
    package func yellow(_ text: TerminalText) -> TerminalText { painted(text, 33) }
    package func bold(_ text: TerminalText) -> TerminalText { painted(text, 1) }

    private func painted(_ text: TerminalText, _ code: Int) -> TerminalText {
        isColoured ? TerminalText(text, rendition: code) : text
    }
}
