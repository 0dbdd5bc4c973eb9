import FlowCore
import FlowDocument

/// A number, or a SIP URI, that a flow says literally.
///
/// A class, so that each of the rules that look at all of them copies one reference each.
final class NumberUse: Sendable {
    /// Those of the field that holds it.
    let roles: FieldRoles
    let text: String
    /// The text that holds it, and where in UTF-8 bytes.
    let scalar: Value
    let range: Range<Int>
    /// The node that says it; nil above the nodes.
    let node: FlowNode?
    /// What Plivo would dial; nil for what is neither a number nor a SIP URI.
    let target: DialTarget?

    private init(_ roles: FieldRoles, _ part: CommaPart, of scalar: Value, in node: FlowNode?, plan: NumberPlan?) {
        self.roles = roles
        text = part.text
        self.scalar = scalar
        range = part.range
        self.node = node
        target = DialTarget(part.text, in: plan)
    }

    var isDialled: Bool { roles.contains(.dialTargets) }

    /// In E.164; nil for a SIP URI, and for what is no number at all.
    var number: String? {
        guard case .number(let number)? = target else { return nil }
        return number
    }

    private static let numberRoles: FieldRoles = [.dialTargets, .callerID, .ownNumbers]

    /// Those of a flow, in unreachable nodes too.
    static func all(in flow: Flow) -> [NumberUse] {
        uses(in: flow.settings, of: nil, flow.plan) + flow.nodes.flatMap { uses(in: $0.settings, of: $0, flow.plan) }
    }

    private static func uses(in settings: [Setting], of node: FlowNode?, _ plan: NumberPlan?) -> [NumberUse] {
        var uses: [NumberUse] = []
        // By index: a look at a setting must not copy it.
        for index in settings.indices where !settings[index].field.roles.isDisjoint(with: numberRoles) {
            let roles = settings[index].field.roles
            for (scalar, part) in settings[index].source?.commaParts ?? [] where !part.holdsTemplate {
                uses.append(NumberUse(roles, part, of: scalar, in: node, plan: plan))
            }
        }
        return uses
    }
}
