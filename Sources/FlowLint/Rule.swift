package import FlowDocument

/// One check, in one file under `Rules/`: what it says, why it matters, flows that fail, flows that pass, and the code.
///
/// The examples are its tests, its `flowd explain` page and its entry in the rule reference. Rules that the flow's
/// reader checks as it reads (what keeps a flow from being served) have no ``check(_:)`` of their own.
package protocol Rule: Sendable {
    static var code: Code { get }
    /// One sentence: what it finds.
    static var summary: String { get }
    /// A few sentences: what would happen in a call.
    static var why: String { get }
    /// Flows with `↓` before the character where the finding begins.
    static var bad: [Example] { get }
    /// Flows in which this rule finds nothing.
    static var good: [Example] { get }

    /// What is wrong with a flow.
    static func check(_ subject: Subject) -> [Finding]
}

extension Rule {
    package static func check(_ subject: Subject) -> [Finding] { [] }
}
