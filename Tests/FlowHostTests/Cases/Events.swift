/// Callbacks that tell events, and the side runs that begin by them.
extension DeciderCase {
    private static let recording = Move.callback("event", turn: 1, flow: "recorded", with: "", token: true)
    private static let answered = Move.callback("events", turn: 1, flow: "recorded", with: "answer")

    static let events = [
        DeciderCase(
            "an event while the dial rings",
            after: [Moment(.call("recorded"), at: 0)],
            answered,
            """
            answer nothing
            recorded 1: running, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward [leg answered]
              waits at Forward for callback until 14490
              answer 0 record, dial +12025551234
              side runs 1
            begins
            recorded 1: delivering, turn 0, call over, dials 1, ordered 1
              path Heard
              waits at Heard for 1 delivery
              by answered of Forward, visit 0
            delivery POST /heard from recorded 1 node 3 visit 0 for worker 7, due 10
            """
        ),
        DeciderCase(
            "the same event again",
            after: [Moment(.call("recorded"), at: 0), Moment(answered, at: 5)],
            answered,
            """
            answer nothing (again)
            unchanged
            """
        ),
        DeciderCase(
            "an event of a run that has ended",
            after: [
                Moment(.call("recorded"), at: 0), Moment(.dialled("busy", turn: 1, flow: "recorded"), at: 1),
                Moment(.delivered(0, 200), at: 2),
            ],
            recording,
            """
            answer nothing
            recorded 1: finished, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Forward [dial busy] [recording ready] busy, Report success
              answer 0 record, dial +12025551234
              answer 1 hangup
              side runs 1
            begins
            recorded 1: delivering, turn 0, call over, dials 1, ordered 1
              path Heard
              waits at Heard for 1 delivery
              by recording of Forward, visit 0
            delivery POST /heard from recorded 1 node 3 visit 0 for worker 7, due 10
            """
        ),
        DeciderCase(
            "an event for which no node is named",
            after: [Moment(.call("recorded"), at: 0)],
            .callback("events", turn: 1, flow: "recorded", with: "hangup"),
            """
            answer nothing
            recorded 1: running, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward [leg hangup]
              waits at Forward for callback until 14490
              answer 0 record, dial +12025551234
            """
        ),
        DeciderCase(
            "an event without its token",
            after: [Moment(.call("recorded"), at: 0)],
            .callback("event", turn: 1, flow: "recorded"),
            """
            unknown flow
            unchanged
            """
        ),
        DeciderCase(
            "an event of a run that is not known",
            recording,
            """
            answer nothing (no run for recording of recorded)
            unchanged
            """
        ),
        DeciderCase(
            "an event of a run that is not known, on a version that is not at hand",
            recording,
            on: Shelf(live: ["plain"]),
            """
            needs 1
            unchanged
            """
        ),
        DeciderCase(
            "an event of a run that has ended, on a version that is lost",
            after: [
                Moment(.call("recorded"), at: 0), Moment(.dialled("busy", turn: 1, flow: "recorded"), at: 1),
                Moment(.delivered(0, 200), at: 2),
            ],
            recording,
            on: Shelf(live: ["plain"], lostOf: ["recorded"]),
            """
            answer nothing
            recorded 1: finished, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Forward [dial busy] busy, Report success
              answer 0 record, dial +12025551234
              answer 1 hangup
              note lost-version
            """
        ),
        DeciderCase(
            "the first dial, whose events must find the run",
            .call("recorded"),
            """
            answer record, dial +12025551234
            recorded 1: running, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward
              waits at Forward for callback until 14500
              answer 0 record, dial +12025551234
            """
        ),
    ]
}
