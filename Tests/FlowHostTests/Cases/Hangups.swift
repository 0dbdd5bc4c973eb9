/// The end of the call, before, while and after something is awaited of it.
extension DeciderCase {
    static let hangups = [
        DeciderCase(
            "a hangup before any answer is kept",
            .hangup("cancel", flow: "plain"),
            """
            answer nothing
            hangup cancel
            """
        ),
        DeciderCase(
            "the copy of a hangup before any answer",
            after: [Moment(.hangup("cancel", flow: "plain"), at: 0)],
            .hangup("completed", flow: "plain"),
            """
            answer nothing (again)
            unchanged
            """
        ),
        DeciderCase(
            "a hangup for a flow that does not exist",
            .hangup("cancel", flow: "nowhere"),
            """
            unknown flow
            unchanged
            """
        ),
        DeciderCase(
            "a caller who gives up while it rings decides the dial, and hears nothing of the flow's document",
            after: [Moment(.call("plain"), at: 0)],
            .hangup("cancel", flow: "plain"),
            """
            answer nothing
            hangup cancel
            plain 1: delivering, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Forward [hangup ] no_answer, Report
              waits at Report for 1 delivery
              answer 0 dial +12025551234
              answer 1 hangup
            delivery POST /report from plain 1 node 2 visit 0 for worker 7, due 10
            """
        ),
        DeciderCase(
            "the end of a call leaves its dial's action three seconds",
            after: [Moment(.call("plain"), at: 0)],
            .hangup("completed", flow: "plain"),
            """
            answer nothing
            hangup completed
            plain 1: running, turn 1, call over, dials 1, ordered 0
              path Start incoming_call, Forward [hangup ]
              waits at Forward for callback until 13
              answer 0 dial +12025551234
            """
        ),
        DeciderCase(
            "a hangup while a request is on the call path leaves the request to the webhook that asked",
            after: [Moment(.call("lookup"), at: 0)],
            .hangup("cancel", flow: "lookup"),
            at: 1,
            """
            answer nothing
            hangup cancel
            lookup 1: running, turn 0, call over, dials 0, ordered 0
              path Start incoming_call, Lookup
              waits at Lookup for request until 64
            """
        ),
        DeciderCase(
            "the copy of a hangup",
            after: [Moment(.call("plain"), at: 0), Moment(.hangup("completed", flow: "plain"), at: 5)],
            .hangup("completed", flow: "plain"),
            """
            answer nothing (again)
            unchanged
            """
        ),
    ]
}
