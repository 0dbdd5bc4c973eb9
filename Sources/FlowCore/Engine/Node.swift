/// One step of a flow.
///
/// A node type is one file (or folder) in `Nodes/` and one line in ``NodeTypes``. Its file says everything about the
/// type: keys, outcomes, values, what it tells Plivo, what it waits for, which of Plivo's parameters it reads and how they
/// decide, and what a player may answer. Reader, linter, schema, reference, player and engine read the same description
/// and know no node by name.
package protocol Node: Sendable {
    static var description: NodeDescription { get }

    /// Reads the node's keys; `reader` reports what is wrong with them.
    init(_ reader: FieldReader)

    /// The ways out of the node: those of its type, and those that the file names.
    var outcomes: [Outcome] { get }

    /// What Plivo can report while the node is awaited, with the examples that fit the node.
    var plays: [PlayStep] { get }

    /// Begins a run at this node; nil where no run begins here.
    func begin(_ beginning: Beginning, _ stay: inout Stay) -> Progress?

    /// Does what the node does as a run comes to it.
    func enter(_ stay: inout Stay) -> Progress

    /// Goes on from a signal that the node waits for; nil where the signal decides nothing yet.
    ///
    /// A node that returns nil for ``Signal/hungUp`` gets ``Signal/timeIsUp`` once ``Wait/hangupGrace`` is over.
    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress?

    /// Hears a callback that moves no turn, also long after the run has gone on: a leg, a recording, a status.
    ///
    /// `stay` is the visit that the callback is about. The node may give values, keep state and add notes; it returns how
    /// the run goes on only where the callback decides what the node still waits for.
    func hear(_ callback: Callback, _ stay: inout Stay) -> Progress?

    /// The document that a callback of kind ``CallbackDescription/Answer/document`` is answered; nil where there is none.
    func document(_ callback: String, _ stay: inout Stay) -> [Verb]?

    /// What the node would be waiting for, where all that is known is the callback that ends it.
    ///
    /// - Returns: nil for a node that no callback resumes.
    func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait?

    /// The one line that says what this node does, for a picture: its number, its URL.
    var headline: String { get }
}

extension Node {
    package var outcomes: [Outcome] { Self.description.outcomes }
    package var plays: [PlayStep] { Self.description.plays }
    package func begin(_ beginning: Beginning, _ stay: inout Stay) -> Progress? { nil }
    package func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? { nil }
    package func hear(_ callback: Callback, _ stay: inout Stay) -> Progress? { nil }
    package func document(_ callback: String, _ stay: inout Stay) -> [Verb]? { nil }
    package func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait? { nil }
    package var headline: String { "" }
}
