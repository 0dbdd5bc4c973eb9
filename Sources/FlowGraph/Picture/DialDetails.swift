import FlowCore
import FlowDocument

/// Whom a node dials and how, in the few words that fit a box; nothing for nodes that dial nobody.
struct DialDetails {
    private let node: FlowNode

    init(_ node: FlowNode) {
        self.node = node
    }

    /// The targets as the author wrote them, filters such as `default` included; nil where the node has none.
    var targets: String? {
        guard let source = node.setting(.dialTargets)?.source else { return nil }
        let texts = source.list?.compactMap(\.text) ?? [source.text].compactMap(\.self)
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }

    /// "one after the other", "rings 20 s each", "the callee presses a key".
    var words: [String] {
        guard node.description.traits.contains(.dials) else { return [] }
        var words: [String] = []
        let isSequence = node.word(.ringOrder) == "sequence"
        if isSequence { words.append("one after the other") }
        if let seconds = node.number(.ringSeconds) { words.append("rings \(seconds) s\(isSequence ? " each" : "")") }
        if node.setting(.screening)?.isDefault == false { words.append("the callee presses a key") }
        return words
    }
}
