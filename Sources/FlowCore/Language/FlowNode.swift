package import FlowDocument

/// A node of a flow, with its type, what the file says of it, and where it leads.
///
/// A class, so that whoever walks over the nodes copies one reference each and not all that a node holds.
package final class FlowNode: Sendable {
    package let name: String
    package let nameSpan: Span
    package let description: NodeDescription
    /// What the file says behind `type`; the type's own name where it says nothing.
    package let writtenType: String
    package let behavior: any Node
    /// By outcome, in the order of the type's outcomes.
    package let transitions: [Transition]
    /// Where side runs begin, by event, in the order of the type's events: ``Transition/Target/omitted`` for none.
    package let events: [Transition]
    /// How the file gives ``transitions``.
    package let route: WrittenRoute
    /// A node that holds the caller can be reached from here: what happens here can still decide what the caller hears.
    package let isOnCallPath: Bool
    /// Something depends on what the node gives or on how it ends.
    package let resultCounts: Bool
    /// The start node's parameters that the flow reads.
    package let parametersRead: ParametersRead
    /// Every template of the node, with where it stands in the file.
    package let templates: [TemplateUse]
    /// What the file says for the node's fields, and the defaults of those that it leaves out.
    package let settings: [Setting]
    /// Whether what the caller enters here is shown to nobody.
    package let isSensitive: Bool
    /// The node's key:value pairs as they were written.
    package let source: Value

    /// The ways out of the node: those of its type, and those that the file names.
    package let outcomes: [Outcome]
    /// What Plivo can report of the node.
    package let plays: [PlayStep]

    /// The index of an outcome that the node's own code names.
    func outcome(_ name: String) -> Int {
        guard let index = outcomes.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("\(description.type) has no outcome \"\(name)\"")
        }
        return index
    }

    init(_ entry: Entry, _ draft: NodeDraft, isOnCallPath: Bool, resultCounts: Bool, parametersRead: ParametersRead) {
        name = entry.key.text
        nameSpan = entry.key.span
        description = draft.description
        writtenType = entry.value[NodeKeys.type]?.text ?? draft.description.type
        behavior = draft.behavior
        outcomes = draft.behavior.outcomes
        plays = draft.behavior.plays
        transitions = draft.transitions
        events = draft.events
        route = draft.route
        self.isOnCallPath = isOnCallPath
        self.resultCounts = resultCounts
        self.parametersRead = parametersRead
        templates = draft.templates
        settings = draft.description.settings(written: draft.settings)
        isSensitive = settings.first(.sensitive)?.flag == true
        source = entry.value
    }
}

/// What was read of a node, before it is known what the others make of it.
struct NodeDraft {
    let description: NodeDescription
    let behavior: any Node
    let transitions: [Transition]
    let events: [Transition]
    let route: WrittenRoute
    let templates: [TemplateUse]
    let settings: [Setting]
}

extension FlowNode {
    /// The first setting whose field has a role, the default included.
    package func setting(_ role: FieldRoles) -> Setting? { settings.first(role) }

    /// The whole number that holds for the field with a role; nil without such a field, or where the number cannot be read.
    package func number(_ role: FieldRoles) -> Int? {
        guard let setting = setting(role) else { return nil }
        guard setting.isDefault, waitsOnCallPath, let other = setting.field.defaultOnCallPath else {
            return setting.number
        }
        return Int(other)
    }

    /// The word that holds for the field with a role.
    package func word(_ role: FieldRoles) -> String? { setting(role)?.word }

    /// Whether a caller hears or answers it, or is told how the call ends: it means nothing in a run without a caller.
    package var needsCaller: Bool { description.holdsCaller || setting(.callEnding)?.isDefault == false }

    /// Whether it sends a request for which no run ever waits.
    package var isNeverWaitedFor: Bool { description.requests && word(.waits) == "false" }

    /// Whether the caller hears nothing until the answer to this node's request is there.
    package var waitsOnCallPath: Bool { description.requests && isOnCallPath && resultCounts && !isNeverWaitedFor }

    /// Whether an outcome can happen: a request that is never waited for goes on by its good outcome.
    package func canEnd(by outcome: Int) -> Bool {
        outcomes[outcome].tone == .good || !isNeverWaitedFor
    }
}
