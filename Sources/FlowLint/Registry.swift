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
        return withoutFollowers(Array(found.joined()))
    }

    /// Leaves out what is said of the worth of a value that is never there, which is said of it too.
    private static func withoutFollowers(_ findings: [Finding]) -> [Finding] {
        let unset = Set(
            findings.filter { $0.code == NeverSet.code && $0.severity == .error || $0.code == SelfReference.code }
                .map(\.span)
        )
        guard !unset.isEmpty else { return findings }
        let followers = [
            DestinationFromData.code, TemplatedPath.code, HeaderLineBreak.code, IndirectData.code,
            PersonalDataInURL.code,
        ]
        return findings.filter { !followers.contains($0.code) || !unset.contains($0.span) }
    }
}
