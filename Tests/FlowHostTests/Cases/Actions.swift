/// Webhooks that end a turn: of the turn that is awaited, of an earlier one, and of one that this store does not know.
extension DeciderCase {
    private static let second = "answer dial +12025555678"

    static let actions = [
        DeciderCase(
            "the action that is awaited",
            after: [Moment(.call("plain"), at: 0)],
            .dialled("busy", turn: 1, flow: "plain"),
            """
            answer hangup
            plain 1: delivering, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Forward [dial busy] busy, Report
              waits at Report for 1 delivery
              answer 0 dial +12025551234
              answer 1 hangup
            delivery POST /report from plain 1 node 2 visit 0 for worker 7, due 10
            """
        ),
        DeciderCase(
            "an action that is followed by another dial is answered only once it is durable",
            after: [Moment(.call("sequence"), at: 0)],
            .dialled("busy", turn: 1, flow: "sequence"),
            """
            \(second)
            sequence 1: running, turn 2, call up, dials 2, ordered 0
              path Start incoming_call, Forward [dial busy]
              waits at Forward for callback until 14500
              answer 0 dial +12025551234
              answer 1 dial +12025555678
              note did-not-answer +12025551234 busy
            """
        ),
        DeciderCase(
            "the action of an earlier turn is answered as before",
            after: [Moment(.call("sequence"), at: 0), Moment(.dialled("busy", turn: 1, flow: "sequence"), at: 5)],
            .dialled("no-answer", turn: 1, flow: "sequence"),
            """
            \(second) (again)
            unchanged
            """
        ),
        DeciderCase(
            "the action of a later turn rebuilds the run in its place",
            after: [Moment(.call("sequence"), at: 0)],
            .dialled("busy", turn: 2, flow: "sequence"),
            """
            answer hangup
            sequence 1: delivering, turn 3, call over, dials 1, ordered 1
              path Forward [dial busy] busy, Report
              waits at Report for 1 delivery
              answer 2 hangup
              note rebuilt
            delivery POST /report from sequence 1 node 2 visit 0 for worker 7, due 10
            """
        ),
        DeciderCase(
            "what a rebuilt run had ordered stays in the books",
            after: [Moment(.call("loud"), at: 0)],
            .dialled("busy", turn: 2, flow: "loud", node: 2),
            """
            answer hangup
            loud 1: delivering, turn 3, call over, dials 1, ordered 1
              path Forward [dial busy] busy
              answer 2 hangup
              outstanding 1
              note rebuilt
            """
        ),
        DeciderCase(
            "the action of a call that is not known rebuilds its run",
            .dialled("busy", turn: 1, flow: "plain"),
            """
            answer hangup
            plain 1: delivering, turn 2, call over, dials 1, ordered 1
              path Forward [dial busy] busy, Report
              waits at Report for 1 delivery
              answer 1 hangup
              note rebuilt
            delivery POST /report from plain 1 node 2 visit 0 for worker 7, due 10
            """
        ),
        DeciderCase(
            "the action of a call of which only the hangup is known rebuilds its run with the call over",
            after: [Moment(.hangup("completed", flow: "sequence"), at: 0)],
            .dialled("busy", turn: 1, flow: "sequence"),
            """
            answer hangup
            hangup completed
            sequence 1: delivering, turn 2, call over, dials 1, ordered 1
              path Forward [dial busy] busy, Report
              waits at Report for 1 delivery
              answer 1 hangup
              note rebuilt
            delivery POST /report from sequence 1 node 2 visit 0 for worker 7, due 10
            """
        ),
        DeciderCase(
            "the action of a node that no webhook moves, of a call that is not known",
            .dialled("busy", turn: 1, flow: "plain", node: 2),
            """
            answer hangup
            unchanged
            """
        ),
        DeciderCase(
            "the action of a node that the flow does not have",
            .dialled("busy", turn: 1, flow: "plain", node: 9),
            """
            answer hangup
            unchanged
            """
        ),
        DeciderCase(
            "an action of a later turn after the run's end",
            after: [
                Moment(.call("plain"), at: 0), Moment(.dialled("busy", turn: 1, flow: "plain"), at: 5),
                Moment(.delivered(0, 200), at: 6),
            ],
            .dialled("busy", turn: 4, flow: "plain"),
            """
            answer hangup (again)
            unchanged
            """
        ),
        DeciderCase(
            "the redirect behind a dial counts as its action",
            after: [Moment(.call("plain"), at: 0)],
            .callback("none", turn: 1, flow: "plain"),
            """
            answer hangup
            plain 1: delivering, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Forward [dial failed] failed, Report
              waits at Report for 1 delivery
              answer 0 dial +12025551234
              answer 1 hangup
              note unknown-status 
            delivery POST /report from plain 1 node 2 visit 0 for worker 7, due 10
            """
        ),
    ]

    static let versions = [
        DeciderCase(
            "of an action's run",
            after: [Moment(.call("plain"), at: 0)],
            .dialled("busy", turn: 1, flow: "plain"),
            on: Shelf(version: 2),
            """
            needs 1
            unchanged
            """
        ),
        DeciderCase(
            "of an action's run, once it is loaded",
            after: [Moment(.call("plain"), at: 0)],
            .dialled("busy", turn: 1, flow: "plain"),
            on: Shelf(version: 2, loaded: [1]),
            """
            answer hangup
            plain 1: delivering, turn 2, call over, dials 1, ordered 1
              path Start incoming_call, Forward [dial busy] busy, Report
              waits at Report for 1 delivery
              answer 0 dial +12025551234
              answer 1 hangup
            delivery POST /report from plain 1 node 2 visit 0 for worker 7, due 10
            """
        ),
        DeciderCase(
            "of an action's run, lost: the live flow's on_error is heard",
            after: [Moment(.call("plain"), at: 0)],
            .dialled("busy", turn: 1, flow: "plain"),
            on: Shelf(version: 2, lost: [1]),
            """
            answer say sorry
            plain 1: failed, turn 2, call up, dials 1, ordered 0
              path Start incoming_call, Forward
              answer 0 dial +12025551234
              answer 1 say sorry
              note lost-version
            """
        ),
        DeciderCase(
            "of an action's run, lost, and no flow of that name is live",
            after: [Moment(.call("plain"), at: 0)],
            .dialled("busy", turn: 1, flow: "plain"),
            on: Shelf(version: 2, live: ["quiet"], lost: [1]),
            """
            answer hangup
            plain 1: failed, turn 2, call up, dials 1, ordered 0
              path Start incoming_call, Forward
              answer 0 dial +12025551234
              answer 1 hangup
              note lost-version
            """
        ),
        DeciderCase(
            "of a call that is not known",
            .dialled("busy", turn: 1, flow: "plain"),
            on: Shelf(version: 2),
            """
            needs 1
            unchanged
            """
        ),
        DeciderCase(
            "of a call that is not known, lost: the live version has to do",
            .dialled("busy", turn: 1, flow: "plain"),
            on: Shelf(version: 2, lost: [1]),
            """
            answer hangup
            plain 2: delivering, turn 2, call over, dials 1, ordered 1
              path Forward [dial busy] busy, Report
              waits at Report for 1 delivery
              answer 1 hangup
              note rebuilt
            delivery POST /report from plain 2 node 2 visit 0 for worker 7, due 10
            """
        ),
        DeciderCase(
            "of a call that is not known, lost, and no flow of that name is live",
            .dialled("busy", turn: 1, flow: "plain"),
            on: Shelf(version: 2, live: ["quiet"], lost: [1]),
            """
            unknown flow
            unchanged
            """
        ),
        DeciderCase(
            "of the flow that a call was transferred away from",
            after: [Moment(.call("plain"), at: 0)],
            .call("sequence"),
            on: Shelf(version: 2),
            """
            needs 1
            unchanged
            """
        ),
        DeciderCase(
            "of the flow that a call was transferred away from, lost",
            after: [Moment(.call("plain"), at: 0)],
            .call("sequence"),
            on: Shelf(version: 2, lost: [1]),
            """
            answer dial +12025551234
            plain 1: failed, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward
              answer 0 dial +12025551234
              note lost-version
            sequence 2: running, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward
              waits at Forward for callback until 14500
              answer 0 dial +12025551234
            """
        ),
        DeciderCase(
            "of a leg's run",
            after: [Moment(.call("plain"), at: 0)],
            .callback("events", turn: 1, flow: "plain", with: "answer"),
            on: Shelf(version: 2),
            """
            needs 1
            unchanged
            """
        ),
        DeciderCase(
            "of a run whose time is up",
            after: [Moment(.call("plain"), at: 0)],
            .timeIsUp,
            at: 20_000,
            on: Shelf(version: 2),
            """
            needs 1
            unchanged
            """
        ),
        DeciderCase(
            "of a run whose time is up, lost: nobody hears of it",
            after: [Moment(.call("plain"), at: 0)],
            .timeIsUp,
            at: 20_000,
            on: Shelf(version: 2, lost: [1]),
            """
            answer nothing
            plain 1: failed, turn 1, call up, dials 1, ordered 0
              path Start incoming_call, Forward
              answer 0 dial +12025551234
              note lost-version
            """
        ),
        DeciderCase(
            "of a copy's run is not needed: the answer is known",
            after: [Moment(.call("plain"), at: 0)],
            .call("plain"),
            on: Shelf(version: 2),
            """
            answer dial +12025551234 (again)
            unchanged
            """
        ),
    ]
}
