import FlowCore
import FlowDocument

/// A text that Plivo cannot speak as it is written.
enum BadSpeech: Rule {
    static let code = Code.badSpeech
    static let summary = "SSML that cannot be spoken, or a voice or language that Plivo is not known to have."
    static let why = """
        Plivo passes SSML on to Amazon Polly, whose voices alone read it: with another voice, a tag that it does not know or \
        one that is never closed, the call ends or the caller hears the tags. At most 3,000 characters of SSML are spoken.
        """
    static let bad = [
        saying("Please <emphasis>hold</emphasis>.", "↓ssml: true"),
        saying("Please ↓<amazon:effect name=\"whispered\">hold</amazon:effect>.", "ssml: true\nvoice: Polly.Joanna"),
        saying("Please ↓<emphasis>hold.", "ssml: true\nvoice: Polly.Joanna"),
        saying("Please hold.", "voice: ↓Joanna"),
        saying("Please hold.", "language: ↓en"),
    ]
    static let good = [
        saying(
            "Please <emphasis level=\"strong\">hold</emphasis><break time=\"1s\"/>.",
            "ssml: true\nvoice: Polly.Joanna"
        ),
        saying("Bitte warten.", "language: de-DE"),
    ]

    private static func saying(_ text: String, _ keys: String) -> Example {
        let lines = keys.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
        return Example.nodes("Hold:\n  type: play_audio\n  speak: \(text)\n\(lines)\n  transitions: end")
    }

    /// SSML is read with the file; this is about voices and languages.
    static func check(_ subject: Subject) -> [Finding] {
        let flow = subject.flow
        let all = [flow.settings] + flow.nodes.map(\.settings)
        let hears = [false] + flow.nodes.map(\.takesSpeech)
        let flowHasPolly = PollyVoices.isPolly(flow.speech.voice)
        return zip(all, hears).flatMap { settings, takesSpeech in
            let hasPolly = flowHasPolly || settings.all(.voice).contains { PollyVoices.isPolly($0.word ?? "") }
            return settings.filter { !$0.isDefault }.compactMap { setting in
                finding(setting, hasPolly: hasPolly, takesSpeech: takesSpeech, subject)
            }
        }
    }

    private static func finding(_ setting: Setting, hasPolly: Bool, takesSpeech: Bool, _ subject: Subject) -> Finding? {
        guard let word = setting.word, !word.isEmpty, let value = setting.source else { return nil }
        if setting.field.roles.contains(.voice), !PollyVoices.knows(voice: word) {
            let meant = PollyVoices.voice(meantBy: word)
            return subject.finding(
                code,
                "\"\(word)\" is no voice that Plivo is known to have",
                at: value.span,
                severity: .warning,
                help: meant == nil ? ["voices are WOMAN, MAN and those of Amazon Polly, such as Polly.Joanna"] : [],
                fixes: [meant.map { Fix("write \"\($0)\"", .safe, subject.document.edit(value, to: $0)) }]
            )
        }
        // Plivo listens to more languages than it lists.
        guard setting.field.roles.contains(.language), !takesSpeech,
            !PollyVoices.knows(language: word, ofPolly: hasPolly)
        else { return nil }
        let isPollys = PollyVoices.knows(language: word, ofPolly: true)
        return subject.finding(
            code,
            isPollys
                ? "\"\(word)\" is spoken by voices of Amazon Polly alone"
                : "\"\(word)\" is no language that Plivo is known to speak",
            at: value.span,
            severity: .warning,
            help: [
                isPollys
                    ? "write such a voice, such as \"voice: Polly.Joanna\"" : "a language has two parts: en-US, de-DE"
            ]
        )
    }
}

extension FlowNode {
    /// Whether Plivo listens to what the caller says.
    fileprivate var takesSpeech: Bool { plays.contains { $0.element == "GetInput" } }
}
