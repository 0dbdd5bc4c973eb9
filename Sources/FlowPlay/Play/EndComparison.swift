import FlowCore

/// Compares what came out of a case with what it expects.
struct EndComparison {
    let flow: Flow
    let result: PlayedCase

    private var expected: ExpectedEnd { result.item.expected }

    func failures() -> [CaseFailure] {
        var failures: [CaseFailure] = []
        if let path = expected.path {
            let found = result.run.map { PathText($0, in: flow) } ?? PathText([])
            if !path.content.admits(found) {
                failures.append(
                    CaseFailure(
                        "path",
                        expected: path.content.text,
                        found: found.steps.isEmpty ? "no run" : found.text,
                        span: path.span
                    )
                )
            }
        }
        if let outcome = expected.outcome, outcome.content != result.outcome {
            failures.append(
                CaseFailure("outcome", expected: outcome.content, found: result.outcome, span: outcome.span)
            )
        }
        if let sides = expected.sideRuns { failures += compared(sides) }
        if let requests = expected.requests { failures += compared(requests) }
        for value in expected.values { failures += difference(of: value) }
        let notes = result.run?.notes.map { $0.text(in: flow) } ?? []
        for note in expected.notes where !notes.contains(where: { $0.contains(note.content) }) {
            failures.append(
                CaseFailure(
                    "notes",
                    expected: note.content,
                    found: notes.isEmpty ? "no notes" : notes.joined(separator: "; "),
                    span: note.span
                )
            )
        }
        return failures
    }

    /// Side runs are compared in the order in which they began.
    private func compared(_ sides: [ExpectedSideRun]) -> [CaseFailure] {
        let found = result.sideRuns.map { ExpectedSideRun($0, in: flow) }
        guard sides.map(\.event.content) == found.map(\.event.content) else {
            func text(_ sides: [ExpectedSideRun]) -> String {
                sides.isEmpty ? "none" : sides.map(\.event.content).joined(separator: ", ")
            }
            let span = sides.first?.event.span ?? result.item.span
            return [CaseFailure("side_runs", expected: text(sides), found: text(found), span: span)]
        }
        return zip(sides, found).flatMap { wanted, found in
            var failures: [CaseFailure] = []
            let name = "side_runs.\(wanted.event.content)"
            if let path = wanted.path, let other = found.path?.content, !path.content.admits(other) {
                failures.append(
                    CaseFailure("\(name).path", expected: path.content.text, found: other.text, span: path.span)
                )
            }
            if let outcome = wanted.outcome, let other = found.outcome?.content, outcome.content != other {
                failures.append(
                    CaseFailure("\(name).outcome", expected: outcome.content, found: other, span: outcome.span)
                )
            }
            return failures
        }
    }

    private func difference(of value: ExpectedValue) -> [CaseFailure] {
        guard let path = try? ValuePath(value.name, in: flow) else { return [] }
        let found = result.run.map { path.read($0).rendered } ?? ""
        guard found != value.text else { return [] }
        return [
            CaseFailure(
                "values.\(value.name)",
                expected: value.text,
                found: found.isEmpty ? "nothing" : found,
                span: value.span
            )
        ]
    }

    /// The requests of a node are compared in order.
    private func compared(_ requests: [ExpectedRequest]) -> [CaseFailure] {
        let made = Self.made(result.moments)
        if requests.isEmpty, let first = made.first {
            let span = result.item.span
            return [
                CaseFailure("requests", expected: "none", found: "\(first.node) and \(made.count - 1) more", span: span)
            ]
        }
        var failures: [CaseFailure] = []
        var used: [String: Int] = [:]
        for request in requests {
            let number = used[request.node, default: 0]
            used[request.node] = number + 1
            let candidates = made.filter { $0.node == request.node }
            guard candidates.indices.contains(number) else {
                failures.append(
                    CaseFailure(
                        "requests.\(request.node)",
                        expected: "a request",
                        found: candidates.isEmpty ? "none" : "\(candidates.count) in all",
                        span: request.span
                    )
                )
                continue
            }
            let key = candidates[number].key
            let attempts = result.moments.count { moment in
                if case .request(let other, _) = moment.kind { other.key == key } else { false }
            }
            failures += RequestComparison(request).failures(candidates[number], attempts: attempts)
        }
        return failures
    }

    /// Each request once, however often it was sent.
    static func made(_ moments: [Moment]) -> [RequestMade] {
        var seen: Set<EffectKey> = []
        return moments.compactMap { moment in
            guard case .request(let made, _) = moment.kind, seen.insert(made.key).inserted else { return nil }
            return made
        }
    }
}
