package import FlowCore
import FlowDocument
package import FlowStore

/// Plays cases: the host that serves calls, with a clock that stands still and answers that are written down.
package struct Player: Sendable {
    package let played: PlayedFlow
    package let ladder: Ladder
    /// When the call comes in.
    package let opening: Timestamp

    package init(_ played: PlayedFlow, ladder: Ladder = .standardWebhooks, opening: Timestamp = StageClock.opening) {
        self.played = played
        self.ladder = ladder
        self.opening = opening
    }

    /// How the events of a case are sent.
    package struct Manner: Hashable, Sendable {
        /// Each webhook comes twice.
        package var doubles = false
        /// Deliveries are sent after the next webhook, not before it.
        package var delays = false

        package init(doubles: Bool = false, delays: Bool = false) {
            self.doubles = doubles
            self.delays = delays
        }
    }

    /// - Parameter store: an empty one.
    package func play(
        _ item: CallCase,
        manner: Manner = Manner(),
        store: any Store = MemoryStore()
    ) async -> PlayedCase {
        let answerer = ScriptedAnswerer(item.answers)
        var result = PlayedCase(item: item, failures: [], moments: [], deliveries: [], effects: [])
        do {
            let stage = try stage(for: item, answerer, store)
            try await stage.open()
            defer { result.moments = stage.history }
            _ = try await stage.begin()
            try await double(manner, stage, item, &result)
            for step in item.steps {
                let before = stage.history.count
                do {
                    try await play(step, manner, stage, &result)
                } catch let mistake as StageMistake {
                    result.failures.append(
                        CaseFailure("steps", expected: step.text, found: mistake.description, span: step.span)
                    )
                }
                result.effects.append(StepEffect(stage.history[before...]))
            }
            try await stage.finish()
            result.run = try await stage.run()
            result.sideRuns = try await stage.sideRuns()
            result.deliveries = try await stage.deliveries()
            result.moments = stage.history
        } catch {
            result.failures.append(CaseFailure("case", expected: "a call", found: "\(error)", span: item.span))
        }
        result.failures += answerer.failures(of: item)
        result.failures += EndComparison(flow: played.flow, result: result).failures()
        return result
    }

    private func stage(for item: CallCase, _ answerer: any Answerer, _ store: any Store) throws -> Stage {
        let name = item.kind == .call ? "CallUUID" : "MessageUUID"
        guard let call = RunID(item.kind, item.parameters[name] ?? "") else {
            throw StageMistake("a case's \(name) has 1 to \(RunID.maximumLength) bytes")
        }
        return try Stage(
            played,
            call: call,
            parameters: item.parameters,
            answerer: answerer,
            store: store,
            ladder: ladder,
            clock: StageClock(at: item.at ?? opening)
        )
    }

    private func play(_ step: CaseStep, _ manner: Manner, _ stage: Stage, _ result: inout PlayedCase) async throws {
        if let at = step.at { try await stage.wait(until: at) }
        switch step.action {
        case .expect(let pattern):
            result.failures += AnswerComparison(pattern).failures(stage.lastAnswer)
        case .incident(let incident):
            if !manner.delays { try await stage.settle() }
            _ = try await stage.happen(incident)
            if incident.key != Incident.fetch { try await double(manner, stage, result.item, &result) }
        case .wait(let seconds) where step.at == nil:
            try await stage.wait(seconds: seconds)
        case .wait: break
        case .again:
            let (_, isSame) = try await stage.again()
            guard !isSame else { return }
            result.failures.append(
                CaseFailure("again", expected: "the same answer", found: "another one", span: step.span)
            )
        }
    }

    private func double(_ manner: Manner, _ stage: Stage, _ item: CallCase, _ result: inout PlayedCase) async throws {
        guard manner.doubles else { return }
        let (_, isSame) = try await stage.again()
        guard !isSame else { return }
        result.failures.append(
            CaseFailure("doubled webhook", expected: "the same answer", found: "another one", span: item.span)
        )
    }
}

extension StepEffect {
    fileprivate init(_ moments: ArraySlice<Moment>) {
        self.init()
        for moment in moments {
            switch moment.kind {
            case .request(let made, _): asked = asked || made.isOnCallPath
            case .answer(let bytes): isAwaited = isAwaited || XMLElement(bytes)?.awaited != nil
            case .webhook, .timeIsUp: break
            }
        }
    }
}

extension CaseStep {
    /// In the words of a case.
    package var text: String {
        switch action {
        case .expect: "expect"
        case .incident(let incident): incident.text
        case .wait(let seconds): "wait: \(seconds)s"
        case .again: "again"
        }
    }
}
