import FlowCore
import FlowDocument

/// A number, or a SIP URI, that a flow says literally.
struct NumberUse {
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

    /// Nil for a SIP URI, and for what is no number at all.
    let number: PhoneNumber?

    /// Those of a flow, in unreachable nodes too.
    static func all(in flow: Flow, _ document: Document) -> [NumberUse] {
        var uses: [NumberUse] = []
        func add(_ role: Role, _ value: Value?, in node: FlowNode? = nil) {
            for (scalar, part) in (value?.commaParts ?? []) where !part.holdsTemplate {
                uses.append(
                    NumberUse(
                        role: role,
                        text: part.text,
                        scalar: scalar,
                        range: part.range,
                        node: node,
                        number: PhoneNumber(part.text)
                    )
                )
            }
        }
        add(.claimed, document.root["numbers"])
        add(.apology, document.root["on_error"]?["forward"])
        for node in flow.nodes where node.description.dials {
            add(.target, node.source["to"], in: node)
            add(.callerID, node.source["from"], in: node)
        }
        return uses
    }
}

extension Subject {
    /// Where a number stands in the file.
    func span(of use: NumberUse) -> Span { document.span(ofUTF8: use.range, in: use.scalar) }
}
