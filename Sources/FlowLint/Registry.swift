import FlowCore
import FlowDocument

/// Every rule, in the order of the reference.
package enum Rules {
    package static let all: [any Rule.Type] =
        fileRules + graphRules + dataFlowRules + telephonyRules + requestRules + securityRules + hygieneRules

    /// How many nodes a flow has at least that is worth more than one core.
    private static let manyNodes = 500

    /// What all rules find in a flow, in their order.
    static func findings(in subject: Subject) -> [Finding] {
        let isLarge = subject.flow.nodes.count >= manyNodes
        let found = isLarge ? all.concurrentMap { $0.check(subject) } : all.map { $0.check(subject) }
        return Array(found.joined())
    }
}
