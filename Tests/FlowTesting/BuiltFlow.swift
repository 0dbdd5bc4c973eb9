package import FlowCore
import FlowDocument

/// A text that a test means to be a flow, and that has errors.
package struct NoFlow: Error, CustomStringConvertible {
    package let description: String
}

/// Builds a flow that has to be right.
///
/// - Throws: ``NoFlow`` with every error that the text has.
package func builtFlow(_ yaml: String, name: String, version: VersionID) throws(NoFlow) -> Flow {
    let build = FlowBuilder.build(source: Array(yaml.utf8), file: "\(name).yaml", format: .yaml, version: version)
    let errors = build.findings.filter { $0.severity == .error }
    guard let flow = build.flow, errors.isEmpty else {
        throw NoFlow(description: errors.map { "\($0.code.id) \($0.message)" }.joined(separator: ", "))
    }
    return flow
}
