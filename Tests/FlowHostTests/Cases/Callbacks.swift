/// Webhooks that move no turn: a leg, what a callee hears, and names that mean nothing.
extension DeciderCase {
    static let callbacks = [
        DeciderCase(
            "a leg",
            after: [Moment(.call("plain"), at: 0)],
            .callback("events", turn: 1, flow: "plain", with: "answer"),
            """
            answer nothing
            plain 1: running, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward [leg answered]
              waits at Forward for callback until 14490
              answer 0 dial +12025551234
            """
        ),
        DeciderCase(
            "a leg of a visit that is over",
            after: [Moment(.call("plain"), at: 0), Moment(.dialled("completed", turn: 1, flow: "plain"), at: 5)],
            .callback("events", turn: 1, flow: "plain", with: "hangup"),
            """
            answer nothing
            plain 1: delivering, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Forward [dial completed] [leg hangup] completed, Report
              waits at Report for 1 delivery
              answer 0 dial +12025551234
              answer 1 hangup
            """
        ),
        DeciderCase(
            "a leg of a call that is not known",
            .callback("events", turn: 1, flow: "plain", with: "answer"),
            """
            answer nothing
            unchanged
            """
        ),
        DeciderCase(
            "a leg at a node that the run never came to",
            after: [Moment(.call("sequence"), at: 0), Moment(.call("plain"), at: 5)],
            .callback("events", turn: 1, flow: "plain", with: "answer", node: 2),
            """
            unknown flow
            unchanged
            """
        ),
        DeciderCase(
            "a name that the node does not have",
            after: [Moment(.call("plain"), at: 0)],
            .callback("music-of-old", turn: 1, flow: "plain"),
            """
            unknown flow
            unchanged
            """
        ),
        DeciderCase(
            "a document with its token",
            after: [Moment(.call("screened"), at: 0)],
            .callback("confirm", turn: 1, flow: "screened", token: true),
            """
            answer say press 1
            unchanged
            """
        ),
        DeciderCase(
            "a document without its token",
            after: [Moment(.call("screened"), at: 0)],
            .callback("confirm", turn: 1, flow: "screened"),
            """
            unknown flow
            unchanged
            """
        ),
        DeciderCase(
            "a document that the node does not give",
            after: [Moment(.call("plain"), at: 0)],
            .callback("confirm", turn: 1, flow: "plain", token: true),
            """
            unknown flow
            unchanged
            """
        ),
        DeciderCase(
            "a document of a call that is not known",
            .callback("confirm", turn: 1, flow: "screened", token: true),
            """
            unknown flow
            unchanged
            """
        ),
    ]
}
