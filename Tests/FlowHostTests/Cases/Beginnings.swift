/// Calls and messages that begin, come again, go to another flow, or are taken by none.
extension DeciderCase {
    static let beginnings = [
        DeciderCase(
            "a new call",
            .call("plain"),
            at: 0,
            """
            answer dial +12025551234
            plain 1: running, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward
              waits at Forward for callback until 14490
              answer 0 dial +12025551234
            may defer
            """
        ),
        DeciderCase(
            "a new call on a number that a flow answers",
            .callOn(number: "14155550100"),
            at: 0,
            """
            answer dial +12025551234
            plain 1: running, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward
              waits at Forward for callback until 14490
              answer 0 dial +12025551234
            may defer
            """
        ),
        DeciderCase(
            "the copy of a call",
            after: [Moment(.call("plain"), at: 0)],
            .call("plain"),
            """
            answer dial +12025551234 (again)
            unchanged
            """
        ),
        DeciderCase(
            "the copy of a call on a number",
            after: [Moment(.callOn(number: "14155550100"), at: 0)],
            .callOn(number: "+14155550100"),
            """
            answer dial +12025551234 (again)
            unchanged
            """
        ),
        DeciderCase(
            "a message",
            message: true,
            .message("plain"),
            at: 0,
            """
            answer nothing
            plain 1: delivering, turn 1, call over, dials 0, ordered 1
              path Start incoming_message, Report
              waits at Report for 1 delivery
              answer 0 nothing
            delivery POST /report from plain 1 node 2 visit 0 for worker 7, due 0
            """
        ),
        DeciderCase(
            "the copy of a message",
            message: true,
            after: [Moment(.message("plain"), at: 0)],
            .message("plain"),
            """
            answer nothing (again)
            unchanged
            """
        ),
        DeciderCase(
            "a call on a number that no flow answers",
            .callOn(number: "14155559999"),
            """
            answer hangup rejected (nothing answers 14155559999)
            unchanged
            """
        ),
        DeciderCase(
            "a message on a number that no flow answers",
            message: true,
            .messageOn(number: "14155559999"),
            """
            answer nothing (nothing answers 14155559999)
            unchanged
            """
        ),
        DeciderCase(
            "a call to a flow that takes none",
            .call("quiet"),
            """
            answer hangup rejected (no incoming_call in quiet)
            unchanged
            """
        ),
        DeciderCase(
            "a message to a flow that takes none",
            message: true,
            .message("lookup"),
            """
            answer nothing (no incoming_message in lookup)
            unchanged
            """
        ),
        DeciderCase(
            "a call to a flow that does not exist",
            .call("nowhere"),
            """
            unknown flow
            unchanged
            """
        ),
        DeciderCase(
            "a call whose hangup came first",
            after: [Moment(.hangup("cancel", flow: "plain"), at: 0)],
            .call("plain"),
            """
            answer hangup
            unchanged
            """
        ),
        DeciderCase(
            "a call that another flow transfers here ends there, and is answered only once it is durable",
            after: [Moment(.call("plain"), at: 0)],
            .call("sequence"),
            """
            answer dial +12025551234
            plain 1: finished, turn 1, call over, dials 1, ordered 0
              path Start incoming_call, Forward
              answer 0 dial +12025551234
              note transferred sequence
            sequence 1: running, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward
              waits at Forward for callback until 14500
              answer 0 dial +12025551234
            """
        ),
        DeciderCase(
            "a call to a flow that it was transferred away from is a copy",
            after: [Moment(.call("plain"), at: 0), Moment(.call("sequence"), at: 5)],
            .call("plain"),
            """
            answer dial +12025551234 (again)
            unchanged
            """
        ),
        DeciderCase(
            "a call that orders a report first is answered only once it is durable",
            .call("loud"),
            at: 0,
            """
            answer dial +12025551234
            loud 1: running, turn 1, call up, dials 1, ordered 1
              path Start incoming_call, Tell success, Forward
              waits at Forward for callback until 14490
              answer 0 dial +12025551234
              outstanding 1
            delivery POST /tell from loud 1 node 1 visit 0 for worker 7, due 0
            """
        ),
        DeciderCase(
            "a document over Plivo's limit is replaced by on_error, and the reports that came before it go out",
            .call("huge"),
            at: 0,
            """
            answer say sorry
            huge 1: failed, turn 1, call over, dials 1, ordered 1
              path Start incoming_call, Tell success, Forward
              answer 0 say sorry
              outstanding 1
              note document-too-long
            delivery POST /tell from huge 1 node 1 visit 0 for worker 7, due 0
            """
        ),
    ]
}
