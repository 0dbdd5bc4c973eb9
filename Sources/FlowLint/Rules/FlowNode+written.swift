import FlowCore
import FlowDocument

extension FlowNode {
    /// A key of the node with its value, as they were written.
    func written(_ key: String) -> Entry? { source.entry(key) }

    /// Whether some text of the node has more marks than values that could be read.
    var hasUnreadTemplates: Bool { source.markCount > templates.reduce(0) { $0 + $1.references.count } }
}

extension Value {
    /// How many `<<` and `{{` are in a value, or in any below it.
    fileprivate var markCount: Int {
        switch content {
        case .scalar(let scalar):
            guard TemplateParser.hasMarks(scalar.text) else { return 0 }
            return scalar.text.ranges(of: "<<").count + scalar.text.ranges(of: "{{").count
        case .list(let items): return items.reduce(0) { $0 + $1.markCount }
        case .mapping(let entries): return entries.reduce(0) { $0 + $1.value.markCount }
        }
    }
}
