import FlowCore

extension FlowNode {
    /// The index of the outcome by which runs with a caller begin.
    var outcomeWithCaller: Int? { outcomes.firstIndex(where: \.bringsCaller) }
}
