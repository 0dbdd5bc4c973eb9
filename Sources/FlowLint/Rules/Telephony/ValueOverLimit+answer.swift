import FlowCore
import FlowDocument

extension ValueOverLimit {
    /// Bytes of an answer that Plivo takes, read as the smaller of its two meanings.
    private static let answerLimit = 100_000
    /// Bytes of an answer that stand around the texts of a flow: elements, URLs, attributes.
    private static let answerFrame = 1_500
    private static let elementFrame = 32

    static func longSequence(_ plan: DialPlan, _ subject: Subject) -> Finding? {
        guard plan.ringsInSequence, plan.targetCount > RunLimits.dialsPerRun, let to = plan.to?.entry else {
            return nil
        }
        return subject.finding(
            code,
            "\"\(plan.node.name)\" dials \(plan.targetCount) targets one after the other, and one call dials \(RunLimits.dialsPerRun) at most",
            at: to.key.span,
            severity: .warning,
            help: ["then \"on_error\" ends the call; let some of them ring together (mode: parallel)"]
        )
    }

    static func longAnswers(_ subject: Subject) -> [Finding] {
        var findings: [Finding] = []
        func check(_ size: Int, _ entry: Entry?, _ what: @autoclosure () -> String) {
            guard let entry, size + answerFrame > answerLimit else { return }
            let message = "\(what()) makes an answer of about \(size / 1_000) KB, and Plivo takes 100 KB at most"
            findings.append(subject.finding(code, message, at: entry.key.span))
        }
        let apology = subject.flow.settings.first(.prompt)
        check(size(apology?.source), apology?.entry, "\"speak\"")
        for plan in subject.dialPlans {
            let screening = plan.node.setting(.screening)?.entry
            check(size(plan.node.setting(.prompt)?.source), screening, "\"screening\"")
            guard !plan.ringsInSequence else { continue }
            let frame = elementFrame + size(plan.node.setting(.digits)?.source)
            let targets = plan.targets.reduce(0) { $0 + $1.part.range.count + frame }
            let headers = (plan.node.setting(.sipHeaders)?.source?.entries ?? []).reduce(0) {
                $0 + $1.key.text.utf8.count + size($1.value) + 2
            }
            check(targets + headers, plan.to?.entry, "\"\(plan.node.name)\"")
        }
        return findings
    }

    private static func size(_ value: Value?) -> Int { value?.text?.utf8.count ?? 0 }
}
