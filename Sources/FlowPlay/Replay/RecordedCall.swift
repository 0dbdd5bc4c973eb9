package import FlowCore
package import FlowStore

/// A call as a store kept it, turned back into what Plivo and app servers did.
///
/// A store keeps what Plivo reported of each visit, and what app servers answered last: what an earlier visit of a node was
/// answered is made up from the outcome that it had.
package struct RecordedCall: Sendable {
    package let played: PlayedFlow
    package let run: Run
    /// Those of the run alone.
    package let deliveries: [Delivery]
    /// The side runs that its events began, in their order.
    package let sideRuns: [RecordedCall]

    package init(played: PlayedFlow, run: Run, deliveries: [Delivery], sideRuns: [RecordedCall] = []) {
        self.played = played
        self.run = run
        self.deliveries = deliveries
        self.sideRuns = sideRuns
    }

    /// Those of its side runs too.
    package var allDeliveries: [Delivery] { deliveries + sideRuns.flatMap(\.deliveries) }

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
            let sides = try await sideRuns(of: run, played, in: store)
            return RecordedCall(played: played, run: run, deliveries: deliveries, sideRuns: sides)
        }
        if let side = RunID(.own, id), let origin = try await store.record(of: side)?.runs.last?.origins.last {
            throw StageMistake("\(id) is a side run, which is played with the run before it: \(origin.parent.text)")
        }
        throw StageMistake("the store knows no call or message \(id)")
    }

    /// The side runs, and those that began by events of these, each behind the run before it.
    private static func sideRuns(
        of run: Run,
        _ played: PlayedFlow,
        in store: any Store
    ) async throws -> [RecordedCall] {
        var found: [RecordedCall] = []
        var open = run.sideRuns
        while let next = open.first {
            open.removeFirst()
            guard let side = try await store.record(of: next)?.runs.last else { continue }
            let deliveries = try await store.deliveries(of: next)
            found.append(RecordedCall(played: played, run: side, deliveries: deliveries))
            open += side.sideRuns
        }
        return found
    }

    /// The call as a case.
    package var item: CallCase {
        var item = CallCase(name: "call \(run.id.text)", kind: run.id.kind, parameters: parameters)
        let incidents = run.path.indices.flatMap(incidents).enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        var clock = run.startedAt
        for (at, incident) in incidents.map(\.element) {
            let seconds = at.seconds(since: clock)
            if seconds > 0 { item.steps.append(CaseStep(.wait(seconds), at: at)) }
            clock = max(clock, at)
            if let incident { item.steps.append(CaseStep(.incident(incident), at: at)) }
        }
        let isPlayed = run.path.contains { $0.heard.contains { $0.key == Run.Heard.hangup } }
        if let hangup = run.call.hangup, !isPlayed {
            item.steps.append(CaseStep(.incident(Self.incident(hangup))))
        }
        item.answers = answers.filter { !$0.answers.isEmpty }
        item.expected.path = Expected(PathText(run, in: played.flow))
        item.expected.outcome = Expected("\(run.status)")
        if !sideRuns.isEmpty {
            item.expected.sideRuns = sideRuns.map { ExpectedSideRun($0.run, in: played.flow) }
        }
        return item
    }

    /// The call as a case for a test file: where a delivery died on another ladder, its last answer stands for all.
    package var writtenItem: CallCase {
        var item = item
        if run.path.contains(where: { played.flow.nodes[$0.node].description.traits.contains(.decides) }) {
            item.at = run.startedAt
        }
        for (index, given) in item.answers.enumerated() {
            let own = allDeliveries.filter { played.flow.nodes[$0.key.node].name == given.node }
            guard own.count == 1, let last = given.answers.last, last.next == .dead, !last.isSuccess,
                given.answers.count != min(own[0].maximumAttempts ?? .max, Self.standardAttempts)
            else { continue }
            item.answers[index].answers = [last]
            item.answers[index].repeats = true
        }
        return item
    }

    /// What a delivery has on the ladder that tests are played on.
    private static let standardAttempts = Ladder.standardWebhooks.steps.count + 1

    // MARK: What came in

    private var parameters: Parameters {
        var pairs = [
            (run.id.kind == .call ? "CallUUID" : "MessageUUID", run.id.text), ("From", run.from), ("To", run.to),
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

    /// What Plivo reported of a visit, each with its time; nil where it reported nothing until then.
    private func incidents(_ index: Int) -> [(at: Timestamp, incident: Incident?)] {
        let step = run.path[index]
        let node = played.flow.nodes[step.node]
        guard !node.description.requests else { return [] }
        let plays = node.plays
        let next = index + 1 < run.path.count ? run.path[index + 1].at : run.endedAt
        // What was heard after the node was done moved nothing, but may have begun a side run.
        let ends = step.heard.lastIndex { heard in
            Run.Heard.decisions.contains(heard.key) || plays.contains { $0.key == heard.key && $0.movesTurn }
                || next.map { heard.at <= $0 } == true
        }
        let hasEvents = node.events.contains { $0.node != nil }
        guard let last = hasEvents ? step.heard.indices.last : ends else { return [] }
        let visit = run.path[..<index].count { $0.node == step.node }
        var origins = sideRuns.filter { side in
            side.run.origins.last.map { $0.parent == run.id && $0.node == step.node && $0.visit == visit } ?? false
        }
        return step.heard[...last].map { heard in
            var incident = incident(heard, step, plays)
            // What began a side run was kept with it, to the last word: its id is made of that.
            let events = self.events(heard, of: node)
            if let index = origins.firstIndex(where: {
                $0.run.startedAt == heard.at && events.contains($0.run.origins.last?.event ?? "")
            }),
                case .object(let said)? = origins.remove(at: index).run.origins.last?.parameters
            {
                incident?.parameters = Parameters(said.map { ($0.key, $0.value.rendered) })
                incident?.isWhole = true
            }
            return (heard.at, incident)
        }
    }

    /// The events that a report of Plivo's may tell, by its word.
    private func events(_ heard: Run.Heard, of node: FlowNode) -> [String] {
        let description = node.description
        return node.plays.filter { $0.key == heard.key && !$0.movesTurn }.flatMap { play in
            let said = Parameters(play.parameters(PlayedWord(heard.word, aLeg: "a", bLeg: "b", target: "")))
            return description.callbacks.compactMap { callback in
                description.event(told: Callback(callback.name, turn: 0, said)).map { description.events[$0].name }
            }
        }
    }

    private func incident(_ heard: Run.Heard, _ step: Run.Step, _ plays: [PlayStep]) -> Incident? {
        switch heard.key {
        case Run.Heard.nothing: return nil
        case Run.Heard.hangup: return run.call.hangup.map(Self.incident)
        case Run.Heard.outcome:
            // All that is known is the outcome, of an attempt or of the visit: a word that leads to it.
            let outcome =
                heard.word.isEmpty
                ? step.outcome.map { played.flow.nodes[step.node].outcomes[$0].name } : heard.word
            for play in plays where play.movesTurn {
                if let word = play.words.first(where: { $0.outcome == outcome }) {
                    return Incident(play.key, word.name)
                }
            }
            return nil
        default:
            return Incident(heard.key, heard.word, Parameters(heard.parameters.map { ($0.name, $0.value) }))
        }
    }

    private static func incident(_ hangup: Hangup) -> Incident {
        let pairs = [
            ("CallStatus", hangup.callStatus), ("HangupCause", hangup.cause),
            ("BillDuration", String(hangup.billDuration)),
        ]
        return Incident(Incident.hangup, hangup.callStatus, Parameters(pairs))
    }

    // MARK: What app servers answered

    /// By node, those of side runs behind the run's own.
    private var answers: [NodeAnswers] {
        var answers: [NodeAnswers] = []
        func add(_ given: [ScriptedAnswer], _ node: String) {
            if let index = answers.firstIndex(where: { $0.node == node }) {
                answers[index].answers += given
            } else {
                answers.append(NodeAnswers(node: node, answers: given))
            }
        }
        for (index, step) in run.path.enumerated() {
            let node = played.flow.nodes[step.node]
            guard node.description.requests else { continue }
            let isLast = !run.path[(index + 1)...].contains { $0.node == step.node }
            let visit = run.path[..<index].count { $0.node == step.node }
            let next = index + 1 < run.path.count ? run.path[index + 1].at : run.endedAt
            add(self.answers(step, visit: visit, isLast: isLast, next: next), node.name)
        }
        for side in sideRuns { for given in side.answers { add(given.answers, given.node) } }
        return answers
    }

    /// - Parameter next: when the run went on, if it did: an answer for which Plivo waited had come by then.
    private func answers(_ step: Run.Step, visit: Int, isLast: Bool, next: Timestamp?) -> [ScriptedAnswer] {
        let delivery = deliveries.first { $0.key.node == step.node && $0.key.visit == visit }
        let isGood = step.outcome == 0
        var last = ScriptedAnswer(isGood ? .status(200) : .refused)
        if isLast, let status = Int(value("status_code", of: step.node)) {
            last.kind = status > 0 ? .status(status) : .error(value("error", of: step.node))
            last.contentType = value("content_type", of: step.node)
            last.body = body(of: step.node)
        }
        guard let delivery else {
            last.cameAt = next
            return step.outcome == nil ? [] : [last]
        }
        // What was sent again by hand, once the run had gone on, moved nothing.
        let hasEnded = step.outcome != nil && !played.flow.nodes[step.node].isNeverWaitedFor
        let attempts = delivery.attempts.filter { !hasEnded || $0.at <= next ?? $0.at }
        var answers = attempts.map { attempt in
            ScriptedAnswer(attempt.statusCode > 0 ? .status(attempt.statusCode) : .error(attempt.error))
        }
        if isLast, hasEnded, !answers.isEmpty, !value("status_code", of: step.node).isEmpty {
            answers[answers.count - 1] = last
        }
        if answers.isEmpty { answers = [ScriptedAnswer(.error("not sent yet"))] }
        for (index, attempt) in attempts.enumerated().dropFirst() { answers[index - 1].next = .retry(at: attempt.at) }
        let isPending = !hasEnded && delivery.state == .pending
        answers[answers.count - 1].next = isPending ? .retry(at: .never) : .dead
        return answers
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
