import FlowCore
import FlowDocument

extension FlowNode {
    /// A key of the node with its value, as they were written.
    func written(_ key: String) -> Entry? { source.entry(key) }
}
