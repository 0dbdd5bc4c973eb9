package import FlowCore

/// The words in which a played call is written: what node types say of themselves, and what every call can do.
package enum PlayVocabulary {
    /// What Plivo can report of some node.
    package static let steps: [PlayStep] = NodeTypes.all.flatMap { $0.description.plays }

    /// The keys of a case's steps that something happens by.
    package static let keys: [String] = {
        var keys: [String] = []
        for step in steps where !keys.contains(step.key) { keys.append(step.key) }
        return keys + [Incident.hangup, Incident.fetch]
    }()

    /// How a call can end.
    package static let hangups = [
        PlayWord("completed", "the caller, or the callee, hangs up"),
        PlayWord("cancel", "the caller gives up before anyone answered"),
        PlayWord("busy", "the line was busy"),
        PlayWord("failed", "the call failed"),
        PlayWord("timeout", "nobody answered in time"),
        PlayWord("no-answer", "nobody answered"),
    ]

    /// The attributes that name a document of flowd's.
    package static let documents: [String] = NodeTypes.all.flatMap { type in
        type.description.callbacks.filter { $0.answer == .document }.map(\.attribute)
    }

    /// The step of a key for an element that Plivo was told.
    static func step(_ key: String, of element: String) -> PlayStep? {
        steps.first { $0.key == key && $0.element == element }
    }

    /// The words that a key takes; nil where it takes any text.
    static func words(of key: String) -> [String]? {
        switch key {
        case Incident.hangup: return hangups.map(\.name)
        case Incident.fetch: return documents
        default:
            var words: [String] = []
            for step in steps where step.key == key {
                guard case .words(let own) = step.input else { return nil }
                words += own.map(\.name).filter { !words.contains($0) }
            }
            return words
        }
    }

    /// The parameter in which Plivo says the word of a key itself.
    static func parameter(of key: String) -> String {
        key == Incident.hangup ? "CallStatus" : steps.first { $0.key == key }?.parameter ?? ""
    }

    /// The word for what Plivo says in that parameter: `answer` is `answered`.
    static func word(of key: String, said: String) -> String {
        for step in steps where step.key == key {
            let word = step.words.first { word in
                let parameters = step.parameters(PlayedWord(word.name, aLeg: "", bLeg: "", target: ""))
                return parameters.contains { $0.0 == step.parameter && $0.1 == said }
            }
            if let word { return word.name }
        }
        return said
    }

    /// What Plivo sends to a hangup URL (account/api/application).
    static func hangupParameters(_ word: String) -> [(String, String)] {
        let cause =
            switch word {
            case "completed": "NORMAL_CLEARING"
            case "cancel": "ORIGINATOR_CANCEL"
            case "busy": "USER_BUSY"
            case "no-answer": "NO_ANSWER"
            case "timeout": "PROGRESS_TIMEOUT"
            default: "NORMAL_TEMPORARY_FAILURE"
            }
        return [
            ("Event", "Hangup"), ("CallStatus", word), ("HangupCause", cause),
            ("Duration", word == "completed" ? "42" : "0"), ("BillDuration", word == "completed" ? "60" : "0"),
        ]
    }
}
