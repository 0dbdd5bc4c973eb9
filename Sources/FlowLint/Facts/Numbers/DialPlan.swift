import FlowCore
import FlowDocument

/// Whom a node dials, for how long and in which order.
final class DialPlan: Sendable {
    let node: FlowNode
    /// The field with the targets.
    let to: Setting?
    /// What stands between the commas of the targets.
    let targets: [(scalar: Value, part: CommaPart)]
    let ringTime: Setting?
    let order: Setting?
    /// Seconds that each target rings.
    let ringSeconds: Int
    /// How many targets it has, a template counted as one.
    let targetCount: Int
    /// Whether it rings its targets one after the other.
    let ringsInSequence: Bool

    /// Nil for a node that dials nobody.
    init?(_ node: FlowNode) {
        guard node.description.dials else { return nil }
        self.node = node
        to = node.setting(.dialTargets)
        targets = to?.source?.commaParts ?? []
        ringTime = node.setting(.ringSeconds)
        order = node.setting(.ringOrder)
        ringSeconds = ringTime?.number ?? 0
        targetCount = targets.count < 2 ? targets.count : Set(targets.map(\.part.text)).count
        ringsInSequence = order?.word == "sequence" && targetCount > 1
    }

    /// Where the file says how long it rings, or else in which order; nil where it says neither.
    var ringSpan: Span? { (ringTime?.source ?? order?.source)?.span }
}
