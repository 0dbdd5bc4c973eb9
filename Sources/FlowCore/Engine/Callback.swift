/// A webhook to one of the URLs that a node put into its document.
package struct Callback: Hashable, Sendable {
    /// The last part of the URL: ``action``, ``none``, or a name from the node's ``NodeDescription/callbacks``.
    package var name: String
    /// The turn in the URL.
    ///
    /// For ``action`` and ``none`` it is the turn that this webhook begins.
    package var turn: Int
    package var parameters: Parameters

    package init(_ name: String, turn: Int, _ parameters: Parameters = Parameters()) {
        self.name = name
        self.turn = turn
        self.parameters = parameters
    }

    /// The `action` of the element that the document ends with.
    package static let action = "result"
    /// The `<Redirect>` behind that element: Plivo goes there when nothing came.
    package static let none = "none"

    /// Whether this webhook ends the turn: the action and the `<Redirect>` behind it.
    package var movesTurn: Bool { name == Self.action || name == Self.none }
}
