import FlowCore
package import FlowDocument

/// What Plivo must have been told: elements with some of their attributes, in their order.
package struct AnswerPattern: Sendable {
    /// One element: `dial: {to: [...], callerId: ...}`, `speak: text`, `hangup`.
    package struct Element: Sendable {
        /// As XML writes it: `Dial`.
        package var name: String
        package var attributes: [ExpectedValue]
        /// The text inside.
        package var text: Expected<String>?
        /// The numbers and SIP URIs that a `<Dial>` rings, in order.
        package var targets: Expected<[String]>?
        package var span: Span

        /// As a case writes it: `dial`.
        var key: String { Verb.elements.first { $0.name == name }?.key ?? name }

        package init(_ name: String, span: Span = .start) {
            self.name = name
            self.span = span
            attributes = []
        }
    }

    /// Empty for an answer with nothing in it.
    package var elements: [Element]
    package var span: Span

    package init(_ elements: [Element], span: Span = .start) {
        self.elements = elements
        self.span = span
    }

    /// The elements that answers can hold, as a case writes them.
    package static let elements = Verb.elements.map(\.key)
    /// One word for a whole answer.
    package static let words = ["hangup", "nothing", "rejected"]

    /// The pattern that a word stands for.
    package static func word(_ word: String, span: Span = .start) -> AnswerPattern? {
        switch word {
        case "hangup": return AnswerPattern([Element("Hangup", span: span)], span: span)
        case "nothing": return AnswerPattern([], span: span)
        case "rejected":
            var element = Element("Hangup", span: span)
            element.attributes = [ExpectedValue(name: "reason", text: "rejected", span: span)]
            return AnswerPattern([element], span: span)
        default: return nil
        }
    }
}
