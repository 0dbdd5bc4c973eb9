import FlowCore
import Synchronization

/// Answers requests as a case says: by node, one attempt after the other.
final class ScriptedAnswerer: Answerer {
    private struct State {
        var used: [String: Int] = [:]
        var unexpected: [String: RequestMade] = [:]
    }

    private let answers: [NodeAnswers]
    private let state = Mutex(State())

    init(_ answers: [NodeAnswers]) {
        self.answers = answers
    }

    func answer(_ made: RequestMade) async -> ScriptedAnswer {
        state.withLock { state in
            let number = state.used[made.node, default: 0]
            state.used[made.node] = number + 1
            if let script = answers.first(where: { $0.node == made.node }) {
                if script.repeats, let answer = script.answers.first { return answer }
                if script.answers.indices.contains(number) { return script.answers[number] }
            }
            if state.unexpected[made.node] == nil { state.unexpected[made.node] = made }
            return ScriptedAnswer(.error("the test does not say what \"\(made.node)\" is answered"))
        }
    }

    /// Requests without an answer, and answers without a request.
    func failures(of item: CallCase) -> [CaseFailure] {
        let (used, unexpected) = state.withLock { ($0.used, $0.unexpected) }
        var failures: [CaseFailure] = []
        for (node, made) in unexpected.sorted(by: { $0.key < $1.key }) {
            let script = answers.first { $0.node == node }
            let count = script?.answers.count ?? 0
            failures.append(
                CaseFailure(
                    "requests.\(node)",
                    expected: count == 0 ? "no request" : "\(count) request\(count == 1 ? "" : "s")",
                    found: "\(made.request.method) \(made.url), \(used[node] ?? 0) in all",
                    span: script?.span ?? item.span
                )
            )
        }
        for script in answers where !script.repeats && used[script.node, default: 0] < script.answers.count {
            failures.append(
                CaseFailure(
                    "requests.\(script.node)",
                    expected: "\(script.answers.count) requests",
                    found: "\(used[script.node, default: 0]) in all",
                    span: script.span
                )
            )
        }
        return failures
    }
}
