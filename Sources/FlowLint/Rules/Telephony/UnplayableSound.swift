import FlowCore
import FlowDocument

/// A sound that Plivo does not play.
enum UnplayableSound: Rule {
    static let code = Code("FD414", "unplayable-sound", .warning)
    static let summary = "A sound is no https URL of an mp3 or wav file."
    static let why = """
        Plivo fetches sounds by https, and plays mp3 and wav alone. flowd leaves out what is no such URL, with a note in the \
        run: the caller hears nothing.
        """
    static let bad = [
        playing("↓http://example.com/welcome.mp3"),
        playing("↓https://example.com/welcome.ogg"),
        playing("↓Thank you for calling."),
    ]
    static let good = [
        playing("https://example.com/welcome.mp3"),
        playing("https://example.com/greetings/<<Start.call.to>>.wav"),
    ]

    private static func playing(_ sound: String) -> Example {
        Example.nodes("Welcome:\n  type: play_audio\n  play: \(sound)\n  transitions: end")
    }

    static func check(_ subject: Subject) -> [Finding] {
        subject.flow.nodes.flatMap { node in
            node.settings.all(.sound).compactMap { setting in
                guard let template = setting.templates.first, let value = setting.source,
                    let (message, help) = objection(template)
                else { return nil }
                return subject.finding(code, message, at: value.span, help: [help])
            }
        }
    }

    /// What is wrong with a sound, as far as it can be seen without its values, and the cure.
    private static func objection(_ template: Template) -> (message: String, help: String)? {
        let key = "\"speak\" is for texts"
        guard case .literal(let begin)? = template.parts.first else { return nil }
        let start = begin.lowercased()
        if let text = template.literal {
            if !text.contains("://") {
                return text.contains(" ")
                    ? ("a text stands where the URL of a sound is expected", key)
                    : ("expected the https URL of a sound, found \"\(text)\"", key)
            }
            if start.hasPrefix("https://"), !SoundFile.isNamed(by: text) {
                return ("Plivo plays mp3 and wav files alone", "the URL's path ends in .mp3 or .wav")
            }
        }
        guard !start.hasPrefix("https://") else { return nil }
        return start.hasPrefix("http://")
            ? ("Plivo fetches sounds by https alone", "write \"https://\"")
            : ("expected the https URL of a sound", key)
    }
}
