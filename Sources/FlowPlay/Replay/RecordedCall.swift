package import FlowCore
package import FlowStore

/// A call as a store kept it, turned back into what Plivo and app servers did.
///
/// A store keeps where a run went and what it last read, not every webhook: what an earlier visit of a node was told is
/// made up from the outcome that it had.
package struct RecordedCall: Sendable {
    package let played: PlayedFlow
    package let run: Run
    package let deliveries: [Delivery]

    package init(played: PlayedFlow, run: Run, deliveries: [Delivery]) {
        self.played = played
        self.run = run
        self.deliveries = deliveries
    }

    /// Finds a call or message in a store; one flow's run, or the last.
    package static func find(_ id: String, in store: any Store) async throws -> RecordedCall {
        for kind in [RunID.Kind.call, .message] {
            guard let call = RunID(kind, id), let record = try await store.record(of: call) else { continue }
            guard let run = record.runs.last else {
                throw StageMistake("of call \(id) only its hangup is known: no run began")
            }
            guard let version = try await store.version(run.version), let played = PlayedFlow(version) else {
                throw StageMistake("version \(run.version) of flow \"\(run.flow)\" is not in the store any more")
            }
            let deliveries = try await store.deliveries(of: call).filter { $0.key.version == run.version }
            return RecordedCall(played: played, run: run, deliveries: deliveries)
        }
        throw StageMistake("the store knows no call or message \(id)")
    }

    /// The call as a case.
    package var item: CallCase {
        var item = CallCase(name: "call \(run.call.text)", kind: run.call.kind, parameters: parameters)
        var answers: [NodeAnswers] = []
        var clock = run.startedAt
        for (index, step) in run.path.enumerated() {
            let node = played.flow.nodes[step.node]
            let isLast = !run.path[(index + 1)...].contains { $0.node == step.node }
            switch node.description.type {
            case "call_forward":
                let ended = index + 1 < run.path.count ? run.path[index + 1].at : run.endedAt ?? step.at
                item.steps += dial(step, isLast: isLast, from: max(clock, step.at), to: ended)
                clock = max(clock, ended)
            case HTTPRequestType.name:
                let given = self.answers(step, visit: run.path[..<index].count { $0.node == step.node }, isLast: isLast)
                if let place = answers.firstIndex(where: { $0.node == node.name }) {
                    answers[place].answers += given
                } else {
                    answers.append(NodeAnswers(node: node.name, answers: given))
                }
            default: break
            }
        }
        if let hangup = run.hangup, !run.path.contains(where: { isUnheard($0) }) {
            item.steps.append(CaseStep(.incident(Self.incident(hangup))))
        }
        item.answers = answers.filter { !$0.answers.isEmpty }
        item.expected.path = Expected(PathText(run, in: played.flow))
        item.expected.outcome = Expected("\(run.status)")
        return item
    }

    // MARK: What came in

    private var parameters: Parameters {
        var pairs = [
            (run.call.kind == .call ? "CallUUID" : "MessageUUID", run.call.text), ("From", run.from), ("To", run.to),
        ]
        if !run.direction.isEmpty { pairs.append(("Direction", run.direction)) }
        guard let start = played.flow.start, run.values.indices.contains(start) else { return Parameters(pairs) }
        let descriptions = played.flow.nodes[start].description.values
        for (description, value) in zip(descriptions, run.values[start]) {
            switch (description.name, value) {
            case ("params", .object(let members)):
                for member in members { pairs = pairs.setting(member.key, member.value.rendered) }
            case ("call.headers", .object(let members)):
                for member in members { pairs = pairs.setting("X-PH-\(member.key)", member.value.rendered) }
            case ("message.text", .text(let text)): pairs = pairs.setting("Text", text)
            case ("message.type", .text(let text)): pairs = pairs.setting("Type", text)
            case ("call.status", .text(let text)): pairs = pairs.setting("CallStatus", text)
            case ("call.start_time", .text(let text)): pairs = pairs.setting("StartTime", text)
            case ("call.caller_name", .text(let text)): pairs = pairs.setting("CallerName", text)
            default: break
            }
        }
        return Parameters(pairs)
    }

    private func value(_ name: String, of node: Int) -> String {
        guard let path = try? ValuePath("\(played.flow.nodes[node].name).\(name)", in: played.flow) else { return "" }
        return path.read(run).rendered
    }

    /// Whether a dial of this step was never made, or was settled without Plivo's word: from a hangup, or its watchdog.
    private func isUnheard(_ step: Run.Step) -> Bool {
        guard played.flow.nodes[step.node].description.type == "call_forward", step.outcome != nil else { return false }
        let cause = value("DialHangupCause", of: step.node)
        return cause == "flowd_watchdog"
            || run.hangup?.isCancel == true && value("DialStatus", of: step.node) == "cancel"
    }

    private func dial(_ step: Run.Step, isLast: Bool, from: Timestamp, to: Timestamp) -> [CaseStep] {
        let node = played.flow.nodes[step.node]
        guard let outcome = step.outcome.map({ node.description.outcomes[$0].name }) else { return [] }
        let seconds = to.seconds(since: from)
        // Settled without a dial: there was no target, or nobody to hear it.
        if isLast, value("start_time", of: step.node).isEmpty { return [] }
        var steps: [CaseStep] = []
        // Of a sequence the notes say who was rung before.
        let missed = isLast ? run.notes.filter { $0.contains("did not answer: ") } : []
        for note in missed {
            let word = note.split(separator: " ").last.map(String.init) ?? "no_answer"
            steps.append(CaseStep(.incident(Incident(.dial, word))))
        }
        guard isLast else { return steps + [CaseStep(.incident(Incident(.dial, outcome)))] }
        if !value("answer_time", of: step.node).isEmpty {
            steps.append(CaseStep(.incident(Incident(.leg, "answered"))))
        }
        if seconds > 0 { steps.append(CaseStep(.wait(seconds))) }
        if isUnheard(step) {
            return run.hangup.map { steps + [CaseStep(.incident(Self.incident($0)))] } ?? steps
        }
        let names = ["DialStatus", "DialRingStatus", "DialHangupCause", "DialALegUUID", "DialBLegUUID"]
        let pairs = names.map { ($0, value($0, of: step.node)) }
        let word = value("DialStatus", of: step.node)
        return steps + [CaseStep(.incident(Incident(.dial, word, Parameters(pairs))))]
    }

    private static func incident(_ hangup: Hangup) -> Incident {
        let pairs = [
            ("CallStatus", hangup.callStatus), ("HangupCause", hangup.cause),
            ("BillDuration", String(hangup.billDuration)),
        ]
        return Incident(.hangup, hangup.callStatus, Parameters(pairs))
    }

    // MARK: What app servers answered

    private func answers(_ step: Run.Step, visit: Int, isLast: Bool) -> [ScriptedAnswer] {
        let delivery = deliveries.first { $0.key.node == step.node && $0.key.visit == visit }
        let isGood = step.outcome == 0
        var last = ScriptedAnswer(isGood ? .status(200) : .refused)
        if isLast, let status = Int(value("status_code", of: step.node)) {
            last.kind = status > 0 ? .status(status) : .error(value("error", of: step.node))
            last.contentType = value("content_type", of: step.node)
            last.body = body(of: step.node)
        }
        guard let delivery else { return step.outcome == nil ? [] : [last] }
        let attempts = delivery.attempts.map { attempt in
            ScriptedAnswer(attempt.statusCode > 0 ? .status(attempt.statusCode) : .error(attempt.error))
        }
        guard isLast, delivery.state != .pending, !attempts.isEmpty, step.outcome != nil,
            !value("status_code", of: step.node).isEmpty
        else { return attempts }
        return attempts.dropLast() + [last]
    }

    private func body(of node: Int) -> String {
        guard let path = try? ValuePath("\(played.flow.nodes[node].name).response", in: played.flow) else { return "" }
        switch path.read(run) {
        case .missing: return ""
        case .text(let text): return text
        case let datum: return datum.json
        }
    }
}
