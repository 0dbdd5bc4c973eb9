import FlowCore
import FlowHost
import FlowStore

/// All that a decision says, as lines of text: a table can hold it, and a difference is read at once.
struct DecisionOutline {
    private var lines: [String] = []

    /// - Parameter flows: by version, to name nodes and outcomes.
    init(_ decision: Decision, flow: (String) -> Flow?) {
        lines = [verdict(of: decision)]
        if let record = decision.change.record {
            if let hangup = record.hangup { lines.append("hangup \(hangup.callStatus)") }
            for run in record.runs { add(run, flow(run.flow)) }
        } else {
            lines.append("unchanged")
        }
        for begun in decision.change.begun {
            lines.append("begins")
            for run in begun.record.runs { add(run, flow(run.flow)) }
        }
        for delivery in decision.change.allDeliveries {
            let (key, worker) = (delivery.key, decision.change.worker.map { "\($0.value)" } ?? "anyone")
            lines.append(
                "delivery \(delivery.request.method) \(delivery.request.target.redacted) from \(key.flow) \(number(key.version))"
                    + " node \(key.node) visit \(key.visit) for worker \(worker), due \(seconds(delivery.dueAt))"
            )
        }
        if decision.change.mayDefer { lines.append("may defer") }
        if decision.sideRunsEnd { lines.append("no more side runs") }
    }

    var text: String { lines.joined(separator: "\n") }

    /// The number that a version of ``TestFlows`` begins with.
    private func number(_ version: VersionID) -> Int { Int(version.text.prefix(2), radix: 16) ?? 0 }

    private func verdict(of decision: Decision) -> String {
        var text =
            switch decision.verdict {
            case .answer(let bytes): "answer \(String(decoding: bytes, as: UTF8.self))"
            case .ask(let request, let turn):
                "ask \(request.request.method) \(request.request.target.redacted) for turn \(turn)"
                    + " until \(seconds(request.until))"
            case .wait(let until): "wait until \(seconds(until))"
            case .needs(let version): "needs \(number(version))"
            case .unknownFlow: "unknown flow"
            }
        if decision.isDuplicate { text += " (again)" }
        switch decision.refusal {
        case .number(let number)?: text += " (nothing answers \(number))"
        case .outcome(let outcome, let flow)?: text += " (no \(outcome) in \(flow))"
        case .event(let event, let flow)?: text += " (no run for \(event) of \(flow))"
        case nil: break
        }
        return text
    }

    private mutating func add(_ run: Run, _ flow: Flow?) {
        lines.append(
            "\(run.flow) \(number(run.version)): \(run.status), turn \(run.turn), call \(run.call.isOver ? "over" : "up")"
                + ", dials \(run.call.dials), ordered \(run.ordered)"
        )
        lines.append("  path " + run.path.map { words($0, flow) }.joined(separator: ", "))
        if let wait = run.wait { lines.append("  waits at \(name(wait.node, flow)) for \(words(wait))") }
        for answer in run.answers {
            lines.append("  answer \(answer.turn) \(String(decoding: answer.bytes, as: UTF8.self))")
        }
        for origin in run.origins {
            lines.append("  by \(origin.event) of \(name(origin.node, flow)), visit \(origin.visit)")
        }
        if !run.sideRuns.isEmpty { lines.append("  side runs \(run.sideRuns.count)") }
        if !run.outstanding.isEmpty { lines.append("  outstanding \(run.outstanding.count)") }
        for note in run.notes { lines.append("  note \(([note.code] + note.values).joined(separator: " "))") }
    }

    private func words(_ step: Run.Step, _ flow: Flow?) -> String {
        let outcome = step.outcome.flatMap { flow?.nodes[step.node].outcomes[$0].name }
        let heard = step.heard.map { "[\($0.key) \($0.word)]" }
        return ([name(step.node, flow)] + heard + [outcome].compactMap(\.self)).joined(separator: " ")
    }

    private func words(_ wait: Wait) -> String {
        var words: [String] = []
        if wait.signals.contains(.callback) { words.append("callback") }
        if wait.signals.contains(.request) { words.append("request") }
        if wait.signals.contains(.deliveries) { words.append("\(wait.deliveries.count) delivery") }
        if let until = wait.until { words.append("until \(seconds(until))") }
        return words.joined(separator: " ")
    }

    private func name(_ node: Int, _ flow: Flow?) -> String { flow?.nodes[node].name ?? "#\(node)" }

    private func seconds(_ at: Timestamp) -> Int {
        Int((at.milliseconds - Story.noon.milliseconds) / 1_000)
    }
}
