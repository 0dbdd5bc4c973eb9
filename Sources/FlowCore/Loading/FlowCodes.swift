package import FlowDocument

/// What keeps a flow from being served.
extension Code {
    package static let startNode = Code("FD201", "start-node", .error)
    package static let danglingTransition = Code("FD202", "dangling-transition", .error)
    package static let unknownOutcome = Code("FD205", "unknown-outcome", .error)
    package static let claimedTwice = Code("FD212", "claimed-twice", .error)
    package static let unknownValue = Code("FD301", "unknown-value", .error)
    package static let malformedTemplate = Code("FD307", "malformed-template", .error)
    package static let typeMismatch = Code("FD308", "type-mismatch", .error)
    package static let templateNotAllowed = Code("FD309", "template-not-allowed", .error)
    package static let repeatedParameter = Code("FD312", "repeated-parameter", .error)
    package static let notE164 = Code("FD401", "not-e164", .error)
    package static let impossibleNumber = Code("FD402", "impossible-number", .error)
    package static let timeLimitTooLong = Code("FD406", "time-limit-too-long", .error)
    package static let valueOverLimit = Code("FD407", "value-over-limit", .error)
    package static let unpressable = Code("FD412", "unpressable-choice", .error)
    package static let badSpeech = Code("FD413", "bad-speech", .error)
    package static let badHours = Code("FD421", "bad-hours", .error)
    package static let deadCase = Code("FD422", "dead-case", .error)
    package static let badURL = Code("FD501", "bad-url", .error)
    package static let reservedHeader = Code("FD505", "reserved-header", .error)
    package static let templatedHost = Code("FD601", "templated-host", .error)
    package static let missingSecret = Code("FD611", "missing-secret", .error)
    package static let badName = Code("FD702", "bad-name", .error)
}
