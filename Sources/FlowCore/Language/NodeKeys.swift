/// The keys that a node has whatever its type.
package enum NodeKeys {
    package static let type = "type"
    package static let transitions = "transitions"
    static let all = [type, transitions]
}
