/// Names one request of one run: stable over attempts, crashes and deciding again, so that it can carry an identity.
package struct EffectKey: Hashable, Sendable {
    package var run: RunID
    package var flow: String
    package var version: VersionID
    /// The node's index in its flow.
    package var node: Int
    /// How often the run had come to the node before, from 0.
    package var visit: Int
    /// Which request of that visit, from 0.
    package var ordinal: Int

    package init(run: RunID, flow: String, version: VersionID, node: Int, visit: Int, ordinal: Int = 0) {
        self.run = run
        self.flow = flow
        self.version = version
        self.node = node
        self.visit = visit
        self.ordinal = ordinal
    }
}
