/// The keys that a node has whatever its type.
package enum NodeKeys {
    package static let type = "type"
    package static let transitions = "transitions"
    /// Only where the type has events.
    package static let events = "events"

    /// Keys whose values are names of nodes.
    package static let routes: Set = [transitions, events]

    static func all(of description: NodeDescription) -> [String] {
        description.events.isEmpty ? [type, transitions] : [type, events, transitions]
    }
}
