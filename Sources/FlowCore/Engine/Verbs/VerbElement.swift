/// The XML element that a verb becomes, for whoever reads documents back: tests, players, the reference.
package struct VerbElement: Sendable {
    /// As Plivo writes it: `Dial`, `GetDigits`.
    package let name: String
    /// How a test case calls it: `dial`, `get_digits`.
    package let key: String
    package let attributes: [String]
    /// Those that say what the flow means, and not where flowd is reached: what a recorded case expects.
    package let recorded: Set<String>

    package init(_ name: String, key: String, attributes: [String] = [], recorded: Set<String> = []) {
        self.name = name
        self.key = key
        self.attributes = attributes
        self.recorded = recorded
    }
}

extension Verb {
    /// Every element that a document of flowd's can hold.
    package static let elements = [
        VerbElement(
            "Dial",
            key: "dial",
            attributes: [
                "action", "method", "redirect", "callbackUrl", "callbackMethod", "timeout", "timeLimit", "callerId",
                "callerName", "hangupOnStar", "confirmSound", "confirmKey", "confirmTimeout", "dialMusic", "sipHeaders",
            ],
            recorded: ["timeout", "callerId", "callerName", "confirmKey", "confirmTimeout"]
        ),
        VerbElement(
            "GetDigits",
            key: "get_digits",
            attributes: [
                "action", "method", "redirect", "timeout", "digitTimeout", "finishOnKey", "numDigits", "retries",
                "playBeep", "log",
            ],
            recorded: ["timeout", "digitTimeout", "finishOnKey", "numDigits"]
        ),
        VerbElement(
            "GetInput",
            key: "get_input",
            attributes: [
                "action", "method", "redirect", "inputType", "executionTimeout", "digitEndTimeout", "speechEndTimeout",
                "finishOnKey", "numDigits", "speechModel", "language", "hints", "profanityFilter", "log",
            ],
            recorded: ["inputType", "executionTimeout", "finishOnKey", "numDigits", "language", "hints"]
        ),
        VerbElement(
            "Record",
            key: "record",
            attributes: [
                "action", "method", "redirect", "fileFormat", "timeout", "maxLength", "playBeep", "finishOnKey",
                "recordSession", "startOnDialAnswer", "recordChannelType", "transcriptionType", "transcriptionUrl",
                "transcriptionMethod", "callbackUrl", "callbackMethod",
            ],
            recorded: ["fileFormat", "timeout", "maxLength", "finishOnKey", "recordSession", "startOnDialAnswer"]
        ),
        VerbElement(
            "Conference",
            key: "conference",
            attributes: [
                "action", "method", "redirect", "muted", "startConferenceOnEnter", "endConferenceOnExit", "stayAlone",
                "maxMembers", "timeLimit", "hangupOnStar", "digitsMatch", "enterSound", "exitSound", "waitSound",
                "record", "recordFileFormat", "transcriptionType", "transcriptionUrl", "callbackUrl", "callbackMethod",
            ],
            recorded: ["muted", "startConferenceOnEnter", "endConferenceOnExit", "maxMembers", "timeLimit", "record"]
        ),
        VerbElement(
            "MultiPartyCall",
            key: "multi_party_call",
            attributes: [
                "onExitActionUrl", "onExitActionMethod", "role", "mute", "hold", "stayAlone", "endMpcOnExit",
                "relayDTMFInputs", "startMpcOnEnter", "coachMode", "maxDuration", "maxParticipants", "waitMusicUrl",
                "waitMusicMethod", "agentHoldMusicUrl", "agentHoldMusicMethod", "customerHoldMusicUrl",
                "customerHoldMusicMethod", "enterSound", "enterSoundMethod", "exitSound", "exitSoundMethod", "record",
                "recordFileFormat", "recordMinMemberCount", "recordingCallbackUrl", "recordingCallbackMethod",
                "statusCallbackEvents", "statusCallbackUrl", "statusCallbackMethod",
            ],
            recorded: ["role", "mute", "hold", "maxDuration", "maxParticipants", "record"]
        ),
        VerbElement("Wait", key: "wait", attributes: ["length", "silence"], recorded: ["length"]),
        VerbElement("Hangup", key: "hangup", attributes: ["reason"], recorded: ["reason"]),
        VerbElement(
            "Speak",
            key: "speak",
            attributes: ["voice", "language", "loop"],
            recorded: ["voice", "language"]
        ),
        VerbElement("Play", key: "play", attributes: ["loop"]),
        VerbElement("Redirect", key: "redirect", attributes: ["method"]),
    ]
}
