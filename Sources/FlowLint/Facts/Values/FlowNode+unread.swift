import FlowCore
import FlowDocument

extension FlowNode {
    /// Whether some text of the node has more templates than could be read.
    var hasUnreadTemplates: Bool { source.templateCount > templates.reduce(0) { $0 + $1.references.count } }
}

extension Value {
    /// How many templates are in a value, or in any below it.
    fileprivate var templateCount: Int {
        switch content {
        case .scalar(let scalar):
            guard TemplateParser.hasMarks(scalar.text) else { return 0 }
            return TemplateParser.templates(in: Array(scalar.text.utf8)).count
        case .list(let items): return items.reduce(0) { $0 + $1.templateCount }
        case .mapping(let entries): return entries.reduce(0) { $0 + $1.value.templateCount }
        }
    }
}
