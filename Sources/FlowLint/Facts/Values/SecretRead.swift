import FlowCore

/// A template that reads a secret.
struct SecretRead {
    let node: FlowNode
    let use: TemplateUse
    let reference: Reference
    let name: String

    /// Those of a flow, in unreachable nodes too.
    static func all(in flow: Flow) -> [SecretRead] {
        var reads: [SecretRead] = []
        for node in flow.nodes {
            for use in node.templates {
                for reference in use.references {
                    guard case .secret(let name) = reference.source else { continue }
                    reads.append(SecretRead(node: node, use: use, reference: reference, name: name))
                }
            }
        }
        return reads
    }
}
