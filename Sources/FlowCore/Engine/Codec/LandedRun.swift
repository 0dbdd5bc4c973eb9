/// A run in format 1, which had its parts in a fixed order and knew three things to wait for.
///
/// Stores that flowd 0.1.0 wrote are taken over: their calls go on, by its URLs and under its delivery ids.
struct LandedRun {
    static let format: UInt8 = 1

    private(set) var run: Run

    init(_ reader: inout ByteReader) throws(CodecError) {
        let id: RunID = try reader.value()
        let flow = try reader.text()
        let version: VersionID = try reader.value()
        guard let status = Run.Status(rawValue: try reader.byte()) else { throw reader.failure("a run has no status") }
        let turn = try reader.natural()
        run = Run(id: id, flow: flow, version: version, startedAt: try reader.moment(), nodes: 0)
        run.status = status
        run.turn = turn
        let leg = try readWait(&reader)
        let callEnded = try reader.flag()
        let hangup = try reader.flag() ? try Hangup(landed: &reader) : nil
        run.endedAt = try reader.moment(orNilSince: run.startedAt)
        let wake = try reader.moment(orNilSince: run.startedAt)
        run.wait?.until = wake
        run.from = try reader.text()
        run.to = try reader.text()
        run.direction = try reader.text()
        run.call = CallState(
            uuid: id.kind == .call ? id.text : "",
            isOver: callEnded || hangup != nil,
            hangup: hangup,
            dials: try reader.natural()
        )
        for _ in 0..<(try reader.count()) { run.values.append(try reader.list()) }
        try readHistory(&reader)
        if let leg, let wait = run.wait, let visit = run.path.lastIndex(where: { $0.node == wait.node }) {
            run.path[visit].details = .object([.init("legs", .list([leg]))])
        }
    }

    /// - Returns: the leg that had answered the awaited dial.
    private mutating func readWait(_ reader: inout ByteReader) throws(CodecError) -> Datum? {
        switch try reader.byte() {
        case 0: return nil
        case 1: return try readDial(&reader)
        case 2:
            let key = try EffectKey(landed: &reader)
            let request = try OutboundRequest(landed: &reader)
            let webhookAt = try reader.moment()
            let until = try reader.moment(since: webhookAt)
            var wait = Wait(node: key.node, for: .request)
            wait.request = PendingRequest(
                key: key,
                request: request,
                webhookAt: webhookAt,
                until: until,
                steps: try reader.natural()
            )
            run.wait = wait
        case 3:
            let key = try EffectKey(landed: &reader)
            run.wait = Wait(node: key.node, for: .deliveries)
            run.wait?.deliveries = [key]
        default: throw reader.failure("a run waits for something unknown")
        }
        return nil
    }

    /// A dial's memory, in the words that the node that dials keeps it in.
    private mutating func readDial(_ reader: inout ByteReader) throws(CodecError) -> Datum? {
        let node = try reader.natural()
        var targets: [Datum] = []
        for _ in 0..<(try reader.count()) {
            _ = try reader.byte()
            targets.append(.text(try reader.text()))
        }
        let index = try reader.integer()
        guard index >= -1, index < targets.count else { throw reader.failure("a dial rings a target that it has not") }
        let callerID = try reader.text()
        let startedAt = try reader.moment()
        var state: [Datum.Member] = [
            .init("targets", .list(targets)), .init("caller_id", .text(callerID)),
            .init("started_at", Datum(startedAt)),
        ]
        if index >= 0 { state.append(.init("index", .number(String(index)))) }
        run.wait = Wait(
            node: node,
            for: .callback,
            state: .object(state),
            hangupGrace: RunLimits.actionAfterHangupSeconds
        )
        let answeredAt = try reader.moment(orNilSince: startedAt)
        let uuid = try reader.text()
        let answeredBy = try reader.text()
        let duration = try reader.flag() ? try reader.integer() : nil
        if try reader.flag() { _ = try Hangup(landed: &reader) }
        guard let answeredAt else { return nil }
        var leg: [Datum.Member] = [
            .init("uuid", .text(uuid)), .init("to", .text(answeredBy)), .init("rang_at", Datum(startedAt)),
            .init("answered_at", Datum(answeredAt)), .init("connected_at", Datum(answeredAt)),
        ]
        if let duration { leg.append(.init("duration", .number(String(duration)))) }
        return .object(leg)
    }

    private mutating func readHistory(_ reader: inout ByteReader) throws(CodecError) {
        for _ in 0..<(try reader.count()) {
            let node = try reader.natural()
            let outcome = try reader.integer()
            guard outcome >= -1 else { throw reader.failure("an outcome is below 0") }
            let at = try reader.moment(since: run.startedAt)
            var step = Run.Step(node: node, outcome: outcome < 0 ? nil : outcome, at: at)
            if outcome >= 0 { step.heard = [Run.Heard(Run.Heard.outcome, at: at)] }
            run.path.append(step)
        }
        for _ in 0..<(try reader.count()) { run.notes.append(Note(.text, try reader.text())) }
        for _ in 0..<(try reader.count()) {
            run.answers.append(Run.Answer(turn: try reader.natural(), bytes: try reader.content()))
        }
        for _ in 0..<(try reader.count()) { run.outstanding.append(try EffectKey(landed: &reader)) }
        run.ordered = try reader.natural()
    }
}

extension ByteReader {
    fileprivate mutating func moment(orNilSince base: Timestamp) throws(CodecError) -> Timestamp? {
        try flag() ? try moment(since: base) : nil
    }
}
