import FlowCore
import FlowDocument

/// A call_forward as it was written: the keys that several rules ask for, looked up once.
final class WrittenCall: Sendable {
    let node: FlowNode
    let to: Entry?
    let from: Value?
    let mode: Value?
    let ringTime: Value?
    let screening: Entry?
    let music: Value?
    let digits: Value?
    let sipHeaders: [Entry]
    /// What stands between the commas of `to`.
    let targets: [(scalar: Value, part: CommaPart)]
    /// Seconds that each target rings.
    let ringTimeout: Int
    /// How many targets it has, a template counted as one.
    let targetCount: Int
    /// Whether it rings its targets one after the other.
    let ringsInSequence: Bool

    /// Nil for a node that dials nobody.
    init?(_ node: FlowNode) {
        guard node.description.dials else { return nil }
        var (to, screening): (Entry?, Entry?)
        var (from, mode, ringTime, music, digits, sipHeaders): (Value?, Value?, Value?, Value?, Value?, Value?)
        let entries = node.source.entries ?? []
        // By place: to look at an entry must not copy all of it.
        for place in entries.indices {
            switch entries[place].key.text {
            case "to": to = entries[place]
            case "from": from = entries[place].value
            case "mode": mode = entries[place].value
            case "ring_timeout": ringTime = entries[place].value
            case "screening": screening = entries[place]
            case "dial_music": music = entries[place].value
            case "send_digits": digits = entries[place].value
            case "sip_headers": sipHeaders = entries[place].value
            default: break
            }
        }
        let targets = to?.value.commaParts ?? []
        self.node = node
        self.to = to
        self.from = from
        self.mode = mode
        self.ringTime = ringTime
        self.screening = screening
        self.music = music
        self.digits = digits
        self.sipHeaders = sipHeaders?.entries ?? []
        self.targets = targets
        ringTimeout = ringTime?.text.flatMap { Int($0) } ?? 30
        targetCount = targets.count < 2 ? targets.count : Set(targets.map(\.part.text)).count
        ringsInSequence = mode?.text == "sequence" && targetCount > 1
    }
}
