import FlowCore
import FlowDocument

extension ValueOverLimit {
    /// Bytes of an answer that Plivo takes, read as the smaller of its two meanings.
    private static let answerLimit = 100_000
    /// Bytes of an answer that stand around the texts of a flow: elements, URLs, attributes.
    private static let answerFrame = 1_500
    private static let elementFrame = 32

    static func longSequence(_ call: WrittenCall, _ subject: Subject) -> Finding? {
        guard call.ringsInSequence, call.targetCount > RunLimits.dialsPerRun, let to = call.to else { return nil }
        return subject.finding(
            code,
            "\"\(call.node.name)\" dials \(call.targetCount) targets one after the other, and one call dials \(RunLimits.dialsPerRun) at most",
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
        let apology = subject.document.root["on_error"]
        check(size(apology?["speak"]), apology?.entry("speak"), "\"speak\"")
        for call in subject.calls {
            if let screening = call.screening { check(size(screening.value["speak"]), screening, "\"screening\"") }
            guard !call.ringsInSequence else { continue }
            let frame = elementFrame + size(call.digits)
            let targets = call.targets.reduce(0) { $0 + $1.part.range.count + frame }
            let headers = call.sipHeaders.reduce(0) { $0 + $1.key.text.utf8.count + size($1.value) + 2 }
            check(targets + headers, call.to, "\"\(call.node.name)\"")
        }
        return findings
    }

    private static func size(_ value: Value?) -> Int { value?.text?.utf8.count ?? 0 }
}
