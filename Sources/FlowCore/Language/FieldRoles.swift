/// What a field is for, in words that lint rules, pictures and the player share.
///
/// They ask a node for the field with a role and never for a key by its name, so that a rule holds for every node type
/// that has such a field.
package struct FieldRoles: OptionSet, Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    // MARK: Calls

    /// Whom the node dials: numbers and SIP URIs.
    package static let dialTargets = FieldRoles(rawValue: 1 << 0)
    /// The number that the callee sees.
    package static let callerID = FieldRoles(rawValue: 1 << 1)
    /// Seconds that a target rings.
    package static let ringSeconds = FieldRoles(rawValue: 1 << 2)
    /// Whether the targets ring at once (`parallel`) or one after the other (`sequence`).
    package static let ringOrder = FieldRoles(rawValue: 1 << 3)
    /// Seconds after which Plivo ends the call.
    package static let timeLimit = FieldRoles(rawValue: 1 << 4)
    /// A group of keys: what the callee hears and presses before the call is bridged.
    package static let screening = FieldRoles(rawValue: 1 << 5)
    /// Seconds in which the callee has to press the screening key.
    package static let screeningSeconds = FieldRoles(rawValue: 1 << 6)
    /// A text that Plivo speaks.
    package static let prompt = FieldRoles(rawValue: 1 << 7)
    /// Digits that are sent to each target that answers.
    package static let digits = FieldRoles(rawValue: 1 << 8)
    /// SIP headers that the targets get.
    package static let sipHeaders = FieldRoles(rawValue: 1 << 9)

    /// What the caller's network is told as the call ends.
    package static let callEnding = FieldRoles(rawValue: 1 << 25)

    // MARK: Requests

    /// Where a request goes.
    package static let url = FieldRoles(rawValue: 1 << 10)
    /// The HTTP method.
    package static let method = FieldRoles(rawValue: 1 << 11)
    /// Pairs for the query of the URL.
    package static let query = FieldRoles(rawValue: 1 << 12)
    /// What a request carries.
    package static let body = FieldRoles(rawValue: 1 << 13)
    /// How a body's pairs are sent: `form` or `json`.
    package static let bodyFormat = FieldRoles(rawValue: 1 << 14)
    /// The headers of a request.
    package static let headers = FieldRoles(rawValue: 1 << 15)
    /// A group of keys: who flowd says it is.
    package static let credentials = FieldRoles(rawValue: 1 << 16)
    /// A password by itself.
    package static let password = FieldRoles(rawValue: 1 << 17)
    /// A token by itself.
    package static let token = FieldRoles(rawValue: 1 << 18)
    /// A place that nobody logs, in which a secret may be read.
    package static let secretSink = FieldRoles(rawValue: 1 << 19)
    /// Whether the run waits for the answer: `auto`, or `false` for never.
    package static let waits = FieldRoles(rawValue: 1 << 20)
    /// Seconds in which a request has to be answered.
    package static let answerSeconds = FieldRoles(rawValue: 1 << 21)
    /// Whether a failed request is sent again: the word `none`, or a group with ``attempts``.
    package static let retry = FieldRoles(rawValue: 1 << 22)
    /// How often a request is sent at most.
    package static let attempts = FieldRoles(rawValue: 1 << 23)

    // MARK: Time

    /// Ranges of local time, by day of the week.
    package static let openingHours = FieldRoles(rawValue: 1 << 26)
    /// Dates on which it is closed.
    package static let closedDates = FieldRoles(rawValue: 1 << 27)
    /// How long a node lets pass.
    package static let duration = FieldRoles(rawValue: 1 << 29)

    // MARK: Variables

    /// Pairs that give the flow's variables their values.
    package static let variables = FieldRoles(rawValue: 1 << 28)

    // MARK: Rooms and recordings

    /// The name of a room, which all flows of a Plivo account share.
    package static let room = FieldRoles(rawValue: 1 << 30)
    /// Whether what callers say is kept, or which part of it.
    package static let records = FieldRoles(rawValue: 1 << 31)
    /// Seconds after which a recording ends.
    package static let recordedSeconds = FieldRoles(rawValue: 1 << 32)

    // MARK: Speaking and asking

    /// Whether what the caller enters is shown to nobody: `true` or `false`.
    package static let sensitive = FieldRoles(rawValue: 1 << 33)
    /// Who speaks: `WOMAN`, `MAN` or `Polly.<Name>`.
    package static let voice = FieldRoles(rawValue: 1 << 34)
    /// The language that is spoken.
    package static let language = FieldRoles(rawValue: 1 << 35)
    /// The URL of a sound that the caller hears.
    package static let sound = FieldRoles(rawValue: 1 << 36)

    /// A place, beside bodies and headers, where a sensitive value may stand: nothing shows it from there.
    package static let sensitiveSink = FieldRoles(rawValue: 1 << 37)

    // MARK: The flow's head

    /// Plivo numbers that the flow answers.
    package static let ownNumbers = FieldRoles(rawValue: 1 << 24)
}
