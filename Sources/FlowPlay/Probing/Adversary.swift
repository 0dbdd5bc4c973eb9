import FlowCore
import FlowStore

/// Plays a case again as a bad network would bring it, and compares what is in the books at the end.
///
/// Every webhook twice; deliveries later than the next webhook; webhooks in the other order where neither causes the
/// other. Each time the run goes through its binary form after every step.
package struct Adversary: Sendable {
    private let player: Player
    private let baseline: PlayedCase

    package init(player: Player, baseline: PlayedCase) {
        self.player = player
        self.baseline = baseline
    }

    package func failures() async -> [CaseFailure] {
        var failures: [CaseFailure] = []
        let expected = Ledger(baseline, in: player.played.flow)
        for trial in trials {
            let store = RecodingStore(MemoryStore())
            let played = await player.play(trial.item, manner: trial.manner, store: store)
            let found = Ledger(played, in: player.played.flow)
            failures += difference(trial.name, expected, found)
            failures += played.failures.filter { $0.field == "doubled webhook" || $0.field == "case" }
            failures += store.differences.map {
                CaseFailure(
                    "adversary, \(trial.name)",
                    expected: "the same after encoding and decoding",
                    found: $0,
                    span: baseline.item.span
                )
            }
        }
        return failures
    }

    private struct Trial {
        var name: String
        var item: CallCase
        var manner: Player.Manner
    }

    private var trials: [Trial] {
        var trials = [
            Trial(name: "every event twice", item: baseline.item, manner: .init(doubles: true)),
            Trial(name: "deliveries late", item: baseline.item, manner: .init(delays: true)),
            Trial(name: "twice and late", item: baseline.item, manner: .init(doubles: true, delays: true)),
        ]
        let indices = baseline.item.steps.indices.filter { isIncident($0) }
        for (first, second) in zip(indices, indices.dropFirst()) where isSwappable(first, second) {
            var item = baseline.item
            item.steps.swapAt(first, second)
            // What was expected in between belongs to the other order.
            item.steps.removeAll { if case .expect = $0.action { true } else { false } }
            let name = "\(baseline.item.steps[second].text) before \(baseline.item.steps[first].text)"
            trials.append(Trial(name: name, item: item, manner: .init()))
            trials.append(
                Trial(name: "\(name), twice and late", item: item, manner: .init(doubles: true, delays: true))
            )
        }
        return trials
    }

    private func isIncident(_ index: Int) -> Bool {
        guard case .incident(let incident) = baseline.item.steps[index].action else { return false }
        return incident.key != Incident.fetch
    }

    /// Whether two webhooks may come in either order: the answer to the first did not lead to the second, nothing was
    /// asked in between, and no time passed that either was waited for.
    private func isSwappable(_ first: Int, _ second: Int) -> Bool {
        guard case .incident(let early) = baseline.item.steps[first].action,
            case .incident(let late) = baseline.item.steps[second].action, baseline.effects.indices.contains(second)
        else { return false }
        let between = baseline.item.steps[first..<second]
        guard !between.contains(where: { if case .wait = $0.action { true } else { false } }) else { return false }
        let effect = baseline.effects[first]
        guard !effect.isAwaited, !effect.asked else { return false }
        let (endsTurn, endsLater) = (moves(early), moves(late))
        if late.key == Incident.hangup, endsTurn {
            if isEndedByHangup(early) { return false }
            // A caller who gives up is settled at once: then the action has to say the same.
            return late.word != "cancel" || early.word == "cancel" || early.word == "no_answer"
        }
        return !endsTurn && !endsLater && early.key == late.key && early.key != Incident.hangup
    }

    private func moves(_ incident: Incident) -> Bool {
        PlayVocabulary.steps.contains { $0.key == incident.key && $0.movesTurn }
    }

    /// Whether it ends a node that a hangup would have ended at once, by an outcome of its own.
    private func isEndedByHangup(_ incident: Incident) -> Bool {
        NodeTypes.all.contains { type in
            type.description.plays.contains { $0.key == incident.key }
                && type.description.outcomes.contains { $0.kind == .hangup }
        }
    }

    private func difference(_ name: String, _ expected: Ledger, _ found: Ledger) -> [CaseFailure] {
        let parts = [
            ("path", expected.path, found.path), ("outcome", expected.outcome, found.outcome),
            ("side runs", expected.sideRuns.joined(separator: "; "), found.sideRuns.joined(separator: "; ")),
            ("deliveries", expected.deliveries.joined(separator: "; "), found.deliveries.joined(separator: "; ")),
        ]
        return parts.filter { $0.1 != $0.2 }.map { part, wanted, there in
            CaseFailure(
                "adversary, \(name): \(part)",
                expected: wanted.isEmpty ? "nothing" : wanted,
                found: there.isEmpty ? "nothing" : there,
                span: baseline.item.span
            )
        }
    }
}
