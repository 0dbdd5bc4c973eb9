/// Which request of which run: stable over attempts, crashes and deciding again, so that it can carry an identity.
package struct EffectKey: Hashable, Sendable {
    package var call: RunID
    package var flow: String
    package var version: VersionID
    /// The node's place in its flow.
    package var node: Int
    /// How often the run had come to the node before, from 0.
    package var visit: Int

    package init(call: RunID, flow: String, version: VersionID, node: Int, visit: Int) {
        self.call = call
        self.flow = flow
        self.version = version
        self.node = node
        self.visit = visit
    }
}
