package import FlowDocument

/// A checked graph of nodes and the one where runs begin.
///
/// Built once, when it is loaded: names are indices, templates are parsed, edges are resolved.
package struct Flow: Sendable {
    package let name: String
    /// Which text this is; set by whoever loaded it.
    package var version: VersionID
    /// The path as the user gave it.
    package let file: String
    package let summary: String
    package let numbers: [ClaimedNumber]
    /// Of the country whose numbers are written without `+`.
    package let plan: NumberPlan?
    package let apology: Apology
    package let nodes: [FlowNode]
    /// The start node's index; nil only in a flow with errors.
    package let start: Int?
    /// Where the flow's name stands, or the beginning of the file.
    package let nameSpan: Span
    /// What the flow's head says, above the nodes.
    package let settings: [Setting]

    /// A Plivo number that the flow answers, and where it says so.
    package struct ClaimedNumber: Sendable {
        package let number: PhoneNumber
        package let span: Span
    }

    package func node(named name: String) -> Int? { nodes.firstIndex { $0.name == name } }
}
