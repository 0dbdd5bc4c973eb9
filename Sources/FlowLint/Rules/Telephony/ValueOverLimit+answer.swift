import FlowCore
import FlowDocument

extension ValueOverLimit {
    /// Bytes of an answer that Plivo takes, read as the smaller of its two meanings.
    private static let answerLimit = 100_000
    /// Bytes of an answer that stand around the texts of a flow: elements, URLs, attributes.
    private static let answerFrame = 1_500
    private static let elementFrame = 32

    static func longSequence(_ node: FlowNode, _ subject: Subject) -> Finding? {
        guard node.ringsInSequence, node.targetCount > Guard.dialsPerRun, let to = node.written("to") else {
            return nil
        }
        return subject.finding(
            code,
            "\"\(node.name)\" dials \(node.targetCount) targets one after the other, and one call dials \(Guard.dialsPerRun) at most",
            at: to.key.span,
            severity: .warning,
            help: ["then \"on_error\" ends the call; let some of them ring together (mode: parallel)"]
        )
    }

    static func longAnswers(_ subject: Subject) -> [Finding] {
        var findings: [Finding] = []
        func check(_ size: Int, _ entry: Entry?, _ what: String) {
            guard let entry, size + answerFrame > answerLimit else { return }
            let message = "\(what) makes an answer of about \(size / 1_000) KB, and Plivo takes 100 KB at most"
            findings.append(subject.finding(code, message, at: entry.key.span))
        }
        let apology = subject.document.root["on_error"]
        check(size(apology?["speak"]), apology?.entry("speak"), "\"speak\"")
        for node in subject.flow.nodes where node.description.dials {
            check(size(node.source["screening"]?["speak"]), node.written("screening"), "\"screening\"")
            guard !node.ringsInSequence else { continue }
            let digits = size(node.source["send_digits"])
            let targets = (node.source["to"]?.commaParts ?? []).map { $0.part.text.utf8.count + elementFrame + digits }
            let headers = (node.source["sip_headers"]?.entries ?? []).map {
                $0.key.text.utf8.count + size($0.value) + 2
            }
            check(targets.reduce(0, +) + headers.reduce(0, +), node.written("to"), "\"\(node.name)\"")
        }
        return findings
    }

    private static func size(_ value: Value?) -> Int { value?.text?.utf8.count ?? 0 }
}
