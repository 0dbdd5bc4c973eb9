/// What Plivo is told, before it is XML.
package enum Reply: Hashable, Sendable {
    /// `<Response/>`: nothing to do, to a message, a hangup or a callback.
    case empty
    /// `<Hangup/>`.
    case hangup
    /// `<Hangup reason="rejected"/>`: nobody here answers that call.
    case reject
    /// One `<Dial>`, and what becomes of it is told to this turn's action URL.
    case dial(Dial)
    /// flowd cannot go on: the flow's `on_error`.
    case apology(Apology)
    /// What a callee hears before pressing the key: the document behind `confirmSound`.
    case confirmation(Speech)
    /// `<Play>`: the document behind `dialMusic`.
    case music(url: String)
}

/// Words to speak, or a sound to play.
package enum Speech: Hashable, Sendable {
    case speak(text: String, voice: String, language: String)
    case play(url: String)
}

/// What a caller hears when flowd cannot go on.
///
/// Written in the flow, without templates, so that it needs no store.
package struct Apology: Hashable, Sendable {
    package var speak: String
    package var voice: String
    package var language: String
    /// Numbers or SIP URIs to forward to, dialled with timeout 30 and no action.
    package var forward: [DialTarget]

    package init(speak: String = "", voice: String = "", language: String = "", forward: [DialTarget] = []) {
        self.speak = speak
        self.voice = voice
        self.language = language
        self.forward = forward
    }
}

/// One `<Dial>` (voice/xml/routing).
package struct Dial: Hashable, Sendable {
    /// What is heard in place of ringing.
    package enum Music: Hashable, Sendable {
        /// The callee's own ringing.
        case real
        /// A Plivo XML document.
        case document(url: String)
        /// A sound file, for which flowd serves the document.
        case sound(url: String)
    }

    /// The callee's key press before the two are bridged.
    package struct Screening: Hashable, Sendable {
        package var key: String
        /// Seconds.
        package var timeout: Int

        package init(key: String, timeout: Int) {
            self.key = key
            self.timeout = timeout
        }
    }

    package var targets: [DialTarget]
    /// `callerId`; left out where empty.
    package var callerID: String
    package var callerName: String
    /// Seconds of ringing.
    package var timeout: Int
    /// Seconds of talking.
    package var timeLimit: Int
    package var hangupOnStar: Bool
    package var screening: Screening?
    package var music: Music?
    package var sendDigits: String
    /// Name and value.
    package var sipHeaders: [[String]]
    /// What the URLs in the answer say.
    package var step: StepAddress

    package init(targets: [DialTarget], timeout: Int, timeLimit: Int, step: StepAddress) {
        self.targets = targets
        self.timeout = timeout
        self.timeLimit = timeLimit
        self.step = step
        callerID = ""
        callerName = ""
        hangupOnStar = false
        sendDigits = ""
        sipHeaders = []
    }
}

/// The step of a run that a URL in an answer belongs to.
package struct StepAddress: Hashable, Sendable {
    package var call: RunID
    package var flow: String
    package var version: VersionID
    package var node: Int
    /// The turn that the webhook to this URL begins.
    package var turn: Int

    package init(call: RunID, flow: String, version: VersionID, node: Int, turn: Int) {
        self.call = call
        self.flow = flow
        self.version = version
        self.node = node
        self.turn = turn
    }
}
