import FlowCore
import FlowDocument

extension FlowNode {
    /// Seconds that each target of a call_forward rings.
    var ringTimeout: Int { source["ring_timeout"]?.text.flatMap { Int($0) } ?? 30 }

    /// How many targets a call_forward has, a template counted as one.
    var targetCount: Int { Set((source["to"]?.commaParts ?? []).map(\.part.text)).count }

    /// Whether a call_forward rings its targets one after the other.
    var ringsInSequence: Bool { description.dials && source["mode"]?.text == "sequence" && targetCount > 1 }
}
