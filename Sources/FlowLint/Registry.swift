/// Every rule, in the order of the reference.
package enum Rules {
    package static let all: [any Rule.Type] =
        fileRules + graphRules + dataFlowRules + telephonyRules + requestRules + securityRules + hygieneRules
}
