/// How a dial ended, and what the node gives then.
extension CallForward {
    /// The outcome of what Plivo reports; the cause is looked at first, for busy and rejected.
    static func outcome(of result: DialResult) -> Int {
        let rejected = result.hangupCause == "CALL_REJECTED" || result.hangupCause == "USER_BUSY"
        let name =
            switch result.status {
            case "completed": "completed"
            case "cancel": "no_answer"
            case _ where rejected: "busy"
            case "no-answer": "no_answer"
            case "busy": "busy"
            default: "failed"
            }
        return description.outcome(name) ?? 0
    }

    func settle(
        _ dial: inout AwaitedDial,
        _ result: DialResult,
        wasDialled: Bool,
        _ visit: inout Stay
    ) -> Progress {
        let outcome = Self.outcome(of: result)
        let completed = Self.description.outcomes[outcome].name == "completed"
        let known = ["completed", "busy", "failed", "cancel", "timeout", "no-answer"]
        if !known.contains(result.status) {
            visit.note("Plivo's DialStatus \"\(result.status.cut(toBytes: 50))\" is unknown")
        }
        if result.status == "cancel" { visit.run.callEnded = true }
        let rung = dial.index.map { [dial.targets[$0]] } ?? dial.targets
        let answeredBy = dial.answeredBy.isEmpty && rung.count == 1 ? rung[0].text : dial.answeredBy
        let aLeg = result.aLegUUID.isEmpty && visit.run.call.kind == .call ? visit.run.call.text : result.aLegUUID
        let bLeg = result.bLegUUID.isEmpty ? dial.bLegUUID : result.bLegUUID
        let talked = dial.duration ?? visit.at.seconds(since: dial.answeredAt ?? dial.startedAt)
        visit.give([
            .text(result.status),
            .text(result.ringStatus),
            .text(result.hangupCause),
            .text(aLeg),
            .text(completed ? bLeg : result.bLegUUID),
            .text(completed ? bLeg : result.bLegUUID),
            .text(completed && !answeredBy.isEmpty ? answeredBy : dial.targets.map(\.text).joined(separator: ",")),
            .text(dial.callerID),
            .text(wasDialled ? dial.startedAt.plivo : ""),
            .text(completed ? dial.answeredAt?.plivo ?? "" : ""),
            .text(visit.at.plivo),
            .number(String(completed ? talked : 0)),
            .text(result.hangupCause),
            .text(Self.description.outcomes[outcome].name),
        ])
        return .outcome(outcome)
    }
}

extension DialResult {
    /// A result that Plivo did not send: nothing was dialled, or nothing was heard.
    static func unheard(
        _ status: String,
        cause: String,
        ringStatus: String = "false",
        bLegUUID: String = "",
        run: Run
    ) -> DialResult {
        DialResult(
            turn: run.turn,
            status: status,
            ringStatus: ringStatus,
            hangupCause: cause,
            aLegUUID: run.call.kind == .call ? run.call.text : "",
            bLegUUID: bLegUUID
        )
    }
}
