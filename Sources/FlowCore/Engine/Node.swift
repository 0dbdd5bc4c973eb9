/// One step of a flow.
///
/// A node type is one file in this folder and one line in ``NodeTypes``. The file says everything there is to say of
/// the type: its keys, its outcomes, the values it gives, and what it does when a run comes to it and when what it
/// waits for has happened. The reader, the linter, the JSON Schema and the reference read the same description.
package protocol Node: Sendable {
    static var description: NodeDescription { get }

    /// Reads the node's keys; `reader` reports what is wrong with them.
    init(_ reader: FieldReader)

    /// What happens as a run comes to the node.
    func enter(_ visit: inout Stay) -> Progress

    /// What happens as an event arrives for which the node waits; nil if it does not concern it.
    func resume(_ event: Event, _ visit: inout Stay) -> Progress?

    /// The one line that says what this node does, for a picture: its number, its URL.
    var headline: String { get }
}

extension Node {
    package func resume(_ event: Event, _ visit: inout Stay) -> Progress? { nil }
    package var headline: String { "" }
}

/// What a node wants to happen next.
package enum Progress: Sendable {
    /// The node is done: on along the transition of an outcome, by its place in the type's list.
    case outcome(Int)
    /// Plivo is told to dial, and the run waits for the result.
    case dial(Dial, AwaitedDial)
    /// A request whose answer decides what the caller hears: Plivo waits.
    case request(OutboundRequest)
    /// A request that is delivered off the call path; the run waits for its end, or goes on by `then`.
    case deliver(OutboundRequest, attempts: Int?, then: Int?)
}
