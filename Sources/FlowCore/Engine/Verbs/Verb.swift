/// What Plivo can be told (voice/xml/overview): a document is a list of these.
package enum Verb: Hashable, Sendable {
    case speak(Speak)
    case play(Play)
    case dial(Dial)
    case getDigits(GetDigits)
    case getInput(GetInput)
    /// `<Wait>`: silence, or hold music, for so many seconds (voice/xml/wait).
    case wait(seconds: Int, music: Bool = false)
    case record(Record)
    case conference(Conference)
    case multiPartyCall(MPC)
    /// `<Redirect>`: another document goes on, fetched by this method.
    case redirect(Link, method: String = "POST")
    /// `<Hangup>`, with the reason `rejected` or `busy` for a call that nothing has answered yet.
    case hangup(reason: String? = nil)

    /// Whether the caller hears it, or somebody is rung.
    package var isHeard: Bool {
        switch self {
        case .speak, .play, .dial, .getDigits, .getInput, .conference, .multiPartyCall: true
        case .record(let record): record.isMessage
        case .wait, .redirect, .hangup: false
        }
    }

    /// Whether nothing behind it is ever reached.
    package var closesDocument: Bool {
        switch self {
        case .redirect, .hangup: true
        case .speak, .play, .dial, .getDigits, .getInput, .record, .conference, .multiPartyCall, .wait: false
        }
    }
}

extension [Verb] {
    /// `<Response/>`: nothing to do, to a message, a hangup or a callback.
    package static var nothing: [Verb] { [] }
    /// `<Hangup reason="rejected"/>`: no flow takes this call.
    package static var rejection: [Verb] { [.hangup(reason: "rejected")] }
    package static var farewell: [Verb] { [.hangup()] }

    /// What a caller hears when flowd cannot go on: the flow's `on_error`.
    package static func apology(_ apology: Apology) -> [Verb] {
        var verbs: [Verb] = []
        if !apology.speak.isBlankInXML {
            verbs.append(.speak(Speak(apology.speak, voice: apology.voice, language: apology.language)))
        }
        let forward = apology.forward.filter { !$0.text.isBlankInXML }
        if !forward.isEmpty { verbs.append(.dial(Dial(targets: forward, timeout: 30))) }
        return verbs.isEmpty ? .farewell : verbs
    }
}
