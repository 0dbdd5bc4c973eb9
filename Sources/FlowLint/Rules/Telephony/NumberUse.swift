import FlowCore
import FlowDocument

/// A number, or a SIP URI, that a flow says literally.
///
/// A class, so that each of the rules that look at all of them copies one reference each.
final class NumberUse: Sendable {
    enum Role {
        /// `to` of a call_forward.
        case target
        /// `from` of a call_forward.
        case callerID
        /// One of the flow's `numbers`.
        case claimed
        /// `on_error.forward`.
        case apology

        var isDialled: Bool { self == .target || self == .apology }
    }

    let role: Role
    let text: String
    /// The text that holds it, and where in UTF-8 bytes.
    let scalar: Value
    let range: Range<Int>
    /// The node that says it; nil above the nodes.
    let node: FlowNode?
    /// What Plivo would dial; nil for what is neither a number nor a SIP URI.
    let target: DialTarget?

    private init(_ role: Role, _ part: CommaPart, of scalar: Value, in node: FlowNode?) {
        self.role = role
        text = part.text
        self.scalar = scalar
        range = part.range
        self.node = node
        target = DialTarget(part.text)
    }

    /// In E.164; nil for a SIP URI, and for what is no number at all.
    var number: String? {
        guard case .number(let number)? = target else { return nil }
        return number
    }

    /// Those of a flow, in unreachable nodes too.
    static func all(in document: Document, _ calls: [WrittenCall]) -> [NumberUse] {
        var uses: [NumberUse] = []
        func add(_ role: Role, _ parts: [(scalar: Value, part: CommaPart)], in node: FlowNode? = nil) {
            for (scalar, part) in parts where !part.holdsTemplate {
                uses.append(NumberUse(role, part, of: scalar, in: node))
            }
        }
        add(.claimed, document.root["numbers"]?.commaParts ?? [])
        add(.apology, document.root["on_error"]?["forward"]?.commaParts ?? [])
        for call in calls {
            add(.target, call.targets, in: call.node)
            if let from = call.from { add(.callerID, from.commaParts, in: call.node) }
        }
        return uses
    }
}

extension Subject {
    /// Where a number stands in the file.
    func span(of use: NumberUse) -> Span { document.span(ofUTF8: use.range, in: use.scalar) }
}
