/// Requests on the call path, deliveries, and time.
extension DeciderCase {
    private static let asked = [Moment(.call("lookup"), at: 0)]
    private static let dialled = [Moment(.call("plain"), at: 0)]
    private static let reported = dialled + [Moment(.dialled("busy", turn: 1, flow: "plain"), at: 5)]

    static let requests = [
        DeciderCase(
            "a call that asks first",
            .call("lookup"),
            at: 0,
            """
            ask GET /agents for turn 0 until 4
            lookup 1: running, turn 0, call up, dials 0, ordered 0
              path Start incoming_call, Lookup
              waits at Lookup for request until 64
            """
        ),
        DeciderCase(
            "the copy of a call that asks waits for the answer",
            after: asked,
            .call("lookup"),
            at: 3,
            """
            wait until 4
            unchanged
            """
        ),
        DeciderCase(
            "the copy of a call that asks asks again at the deadline",
            after: asked,
            .call("lookup"),
            at: 4,
            """
            ask GET /agents for turn 0 until 8
            lookup 1: running, turn 0, call up, dials 0, ordered 0
              path Start incoming_call, Lookup
              waits at Lookup for request until 64
            """
        ),
        DeciderCase(
            "the answer that a call asked for",
            after: asked,
            .answered(200),
            at: 2,
            """
            answer dial +12025551234
            lookup 1: running, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Lookup success, Forward
              waits at Forward for callback until 14492
              answer 0 dial +12025551234
            """
        ),
        DeciderCase(
            "a second answer to the same request is what the first one gave",
            after: asked + [Moment(.answered(200), at: 2)],
            .answered(500),
            at: 3,
            """
            answer dial +12025551234 (again)
            unchanged
            """
        ),
        DeciderCase(
            "the answer to a caller who has hung up",
            after: asked + [Moment(.hangup("cancel", flow: "lookup"), at: 1)],
            .answered(200),
            at: 2,
            """
            answer hangup
            hangup cancel
            lookup 1: delivering, turn 1, call over, dials 0, ordered 1
              path Start incoming_call, Lookup success, Forward no_answer, Report
              waits at Report for 1 delivery
              answer 0 hangup
            delivery POST /report from lookup 1 node 3 visit 0 for worker 7, due 2
            """
        ),
        DeciderCase(
            "the end of the delivery that a run waits for",
            after: reported,
            .delivered(0, 200),
            """
            answer nothing
            plain 1: finished, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Forward [dial busy] busy, Report success
              answer 0 dial +12025551234
              answer 1 hangup
            """
        ),
        DeciderCase(
            "the end of a delivery that was told before",
            after: reported + [Moment(.delivered(0, 200), at: 7)],
            .delivered(0, 200),
            """
            answer nothing
            unchanged
            """
        ),
        DeciderCase(
            "the end of a delivery that no run waits for, while the call goes on",
            after: [Moment(.call("loud"), at: 0)],
            .delivered(0, 500),
            """
            answer nothing
            loud 1: running, turn 1, call up, dials 1, ordered 1
              path Start incoming_call, Tell success, Forward
              waits at Forward for callback until 14490
              answer 0 dial +12025551234
            """
        ),
        DeciderCase(
            "the end of a delivery that only keeps the run from its end",
            after: [Moment(.call("loud"), at: 0), Moment(.dialled("busy", turn: 1, flow: "loud", node: 2), at: 5)],
            .delivered(0, 200),
            """
            answer nothing
            loud 1: finished, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Tell success, Forward [dial busy] busy
              answer 0 dial +12025551234
              answer 1 hangup
            """
        ),
        DeciderCase(
            "time for a call that is not known",
            .timeIsUp,
            """
            answer nothing
            unchanged
            """
        ),
        DeciderCase(
            "time that has not come",
            after: dialled,
            .timeIsUp,
            at: 14_489,
            """
            answer nothing
            unchanged
            """
        ),
        DeciderCase(
            "time for a dial of which nothing is heard",
            after: dialled,
            .timeIsUp,
            at: 14_490,
            """
            answer hangup
            plain 1: delivering, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Forward [nothing ] failed, Report
              waits at Report for 1 delivery
              answer 0 dial +12025551234
              answer 1 hangup
            delivery POST /report from plain 1 node 2 visit 0 for worker 7, due 14490
            """
        ),
        DeciderCase(
            "time for a request whose process is gone: it is delivered instead",
            after: asked,
            .timeIsUp,
            at: 64,
            """
            answer hangup
            lookup 1: delivering, turn 1, call over, dials 0, ordered 1
              path Start incoming_call, Lookup
              waits at Lookup for 1 delivery
              answer 0 hangup
              note request-left
            delivery GET /agents from lookup 1 node 1 visit 0 for worker 7, due 64
            """
        ),
    ]
}
