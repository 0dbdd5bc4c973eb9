package import FlowCore
import FlowStore

/// The flows that a decision can be made on without asking the store, and what they make of a record.
package struct FlowsAtHand: Sendable {
    package let live: FlowSet
    /// Versions that are not live, or not under their name any more.
    private var loaded: [VersionID: Flow]
    /// Versions that cannot be had: the store has none, or none that this flowd can read.
    private(set) package var lost: Set<VersionID>

    package init(live: FlowSet, loaded: [VersionID: Flow] = [:], lost: Set<VersionID> = []) {
        self.live = live
        self.loaded = loaded
        self.lost = lost
    }

    /// Takes in what became of the search for a version: the flow, or nil where it is lost.
    package mutating func take(_ flow: Flow?, as version: VersionID) {
        if let flow { loaded[version] = flow } else { lost.insert(version) }
    }

    /// A version that is live or loaded.
    package func flow(_ version: VersionID) -> Flow? { live[version: version] ?? loaded[version] }

    /// The live flow that a webhook is for.
    package func live(_ target: Arrival.Target) -> Flow? {
        switch target {
        case .flow(let name): live[name: name]
        case .number(let number): live[number: number]
        }
    }

    /// The index of the run that a webhook began, whatever files are on disk by now.
    func index(_ target: Arrival.Target, in record: RunRecord) -> Int? {
        switch target {
        case .flow(let name): record.runs.lastIndex { $0.flow == name }
        case .number:
            live(target).flatMap { flow in record.runs.lastIndex { $0.flow == flow.name } } ?? record.runs.indices.last
        }
    }

    /// The index of the run that a step belongs to, or of the run that was rebuilt on the live version because its own
    /// version was lost.
    func index(of step: StepAddress, in record: RunRecord) -> Int? {
        func index(_ version: VersionID?) -> Int? {
            record.runs.lastIndex { $0.flow == step.flow && $0.version == version }
        }
        return index(step.version) ?? (lost.contains(step.version) ? index(live[name: step.flow]?.version) : nil)
    }
}
