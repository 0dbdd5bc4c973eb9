import FlowCore
import FlowDocument

/// A recording that never begins, that ends too early, or of which nobody is told.
enum DoubtfulRecording: Rule {
    static let code = Code("FD416", "doubtful-recording", .warning)
    static let summary = "A recording waits for a dial that never comes, is very short, or begins unannounced."
    static let why = """
        A recording with `mode: dial` begins when a dial behind it is answered: without one there is no recording. A \
        message of a few seconds is cut in its first sentence. And in many countries a call may be recorded only if \
        those who speak in it are told before.
        """
    static let bad = [
        Example.nodes(
            """
            Greeting:
              type: play_audio
              speak: This call is recorded.
              transitions:
                completed: Keep
            Keep:
              type: record_audio
              mode: ↓dial
              transitions: end
            """
        ),
        Example.nodes(
            """
            Voicemail:
              type: record_audio
              speak: Leave a message after the beep.
              max_length: ↓5
              transitions: end
            """
        ),
        Example.nodes(
            """
            Keep:
              type: record_audio
              mode: ↓dial
              transitions:
                started: Forward
                no_recording: end
            Forward:
              type: call_forward
              to: +12025551234
              transitions: end
            """
        ),
    ]
    static let good = [
        Example.nodes(
            """
            Keep:
              type: record_audio
              speak: This call is recorded.
              mode: dial
              transitions:
                started: Forward
                no_recording: end
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Voicemail
            Voicemail:
              type: record_audio
              speak: Leave a message after the beep.
              max_length: 120
              transitions: end
            """
        )
    ]

    /// Seconds below which a message is cut in its first sentence.
    private static let shortest = 10

    static func check(_ subject: Subject) -> [Finding] {
        let facts = subject.facts
        return subject.flow.nodes.indices.flatMap { index -> [Finding] in
            let node = subject.flow.nodes[index]
            guard let records = node.setting(.records), isOn(records), !facts.isDead(index) else { return [] }
            return [undialled(index, records, subject), short(node, subject), unannounced(index, records, subject)]
                .compactMap(\.self)
        }
    }

    private static func isOn(_ records: Setting) -> Bool {
        guard case .boolean(let isOn) = records.content else { return true }
        return isOn
    }

    private static func undialled(_ index: Int, _ records: Setting, _ subject: Subject) -> Finding? {
        guard records.word == "dial", let value = records.source else { return nil }
        let nodes = subject.flow.nodes
        let behind = Reachability.forwards(from: nodes[index].transitions.compactMap(\.node), in: nodes)
        guard !nodes.indices.contains(where: { behind[$0] && nodes[$0].description.dials }) else { return nil }
        return subject.finding(
            code,
            "\"\(nodes[index].name)\" records what is said once a dial is answered, and no dial follows",
            at: value.span,
            help: ["\"mode: session\" records the call from here on"]
        )
    }

    private static func short(_ node: FlowNode, _ subject: Subject) -> Finding? {
        guard let length = node.setting(.recordedSeconds), let seconds = length.number, seconds < shortest,
            let value = length.source
        else { return nil }
        return subject.finding(
            code,
            "\"\(node.name)\" ends after \(seconds) s, in the first sentence of most messages",
            at: value.span,
            help: ["120 is usual"]
        )
    }

    /// Whether there is a way to the recording on which the caller is told nothing.
    private static func unannounced(_ index: Int, _ records: Setting, _ subject: Subject) -> Finding? {
        let (flow, facts) = (subject.flow, subject.facts)
        guard !speaks(flow.nodes[index]), let start = flow.start,
            let path = facts.path(
                from: start,
                along: { !speaks(flow.nodes[$0.from]) },
                until: { $0 == index }
            )
        else { return nil }
        let span = (records.source ?? flow.nodes[index].source[NodeKeys.type])?.span ?? flow.nodes[index].nameSpan
        return subject.finding(
            code,
            "nothing tells the caller of the recording that begins at \"\(flow.nodes[path.end].name)\"",
            at: span,
            severity: .info,
            help: ["say it before: in many countries nobody may be recorded without being told"]
        )
    }

    /// Whether the caller hears a text or a sound that the author chose.
    private static func speaks(_ node: FlowNode) -> Bool {
        guard node.setting(.room) == nil else { return false }
        return node.settings.contains { setting in
            guard setting.source != nil, !setting.isInGroup || setting.field.roles.contains(.prompt) else {
                return false
            }
            if case .sound(words: []) = setting.field.kind { return true }
            return setting.field.roles.contains(.prompt) && !node.description.dials
        }
    }
}
