import FlowCore
import FlowDocument

/// A room whose name somebody else chooses.
enum SharedRoom: Rule {
    static let code = Code("FD424", "shared-room", .warning)
    static let summary = "The name of a room comes from data."
    static let why = """
        All flows of a Plivo account share their rooms: whoever knows or guesses a name is let into that room, and hears \
        what is said there. A name that a caller or an app server chooses can be that of any room.
        """
    static let bad = [
        Example.nodes(
            """
            Room:
              type: conference_bridge
              room: '↓<<Start.call.headers.Room | default: "lobby">>'
              transitions: end
            """
        ),
        Example.nodes(
            """
            Lookup:
              type: http_request
              url: https://crm.example.com/case
              timeout: 3
              body:
                caller: <<Start.call.from>>
              transitions: Desk
            Desk:
              type: multiparty_call
              name: 'case-↓<<Lookup.response.case | default: "none">>'
              role: customer
              transitions: end
            """
        ),
    ]
    static let good = [
        Example.nodes(
            """
            Room:
              type: conference_bridge
              room: support-<<Start.call.to>>
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let taint = subject.taint
        return subject.flow.nodes.flatMap { node in
            node.templates.filter { $0.roles.contains(.room) }.flatMap { use in
                use.references.compactMap { reference in
                    guard taint.isUntrusted(reference) else { return nil }
                    return subject.finding(
                        code,
                        "the name of the room comes from \"\(reference.text)\": whoever controls it is let into any room of this Plivo account",
                        at: subject.span(of: reference, in: use),
                        help: [
                            "write the names into the flow, and let the outcomes of a request choose among nodes",
                            "if nobody can guess the value, silence this finding with the reason",
                        ]
                    )
                }
            }
        }
    }
}
