package import FlowCore

/// Something that Plivo does during a call.
package struct Incident: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A `<Dial>` ended: its action.
        case dial
        /// A leg of a `<Dial>` moved: its callback.
        case leg
        /// The call is over: the hangup URL.
        case hangup
        /// Plivo fetches a document that the last `<Dial>` names.
        case fetch
    }

    package var kind: Kind
    /// How it is called in a case: `busy`, `answered`, `cancel`, `confirmSound`.
    package var word: String
    /// Plivo's parameters that were written out; they win over those that the word stands for.
    package var parameters: Parameters

    package init(_ kind: Kind, _ word: String, _ parameters: Parameters = Parameters()) {
        self.kind = kind
        self.word = word
        self.parameters = parameters
    }

    /// The words of a kind; the first is what a terminal offers.
    package static func words(of kind: Kind) -> [String] {
        switch kind {
        case .dial: ["completed", "no_answer", "busy", "rejected", "failed", "cancel", "timeout"]
        case .leg: ["answered", "connected", "hangup"]
        case .hangup: ["completed", "cancel", "busy", "failed", "timeout", "no-answer"]
        case .fetch: ["confirmSound", "dialMusic"]
        }
    }

    /// How a transcript names it.
    package var text: String { word.isEmpty ? kind.rawValue : "\(kind.rawValue): \(word)" }
}

extension Incident {
    /// The parameters that Plivo sends for a word (voice/xml/routing, account/api/application).
    ///
    /// - Parameters:
    ///   - aLeg: the call's UUID.
    ///   - bLeg: the UUID of the leg that this dial rang.
    ///   - target: the number or URI that answered, or was rung.
    func cloudParameters(aLeg: String, bLeg: String, target: String) -> [(String, String)] {
        switch kind {
        case .dial: Self.dial(word, aLeg: aLeg, bLeg: bLeg)
        case .leg:
            [
                ("DialAction", word == "answered" ? "answer" : word),
                ("DialALegUUID", aLeg), ("DialBLegUUID", bLeg), ("DialBLegTo", target),
            ] + (word == "hangup" ? [("DialBLegDuration", "42")] : [])
        case .hangup:
            [
                ("Event", "Hangup"), ("CallStatus", word), ("HangupCause", Self.cause(ofHangup: word)),
                ("Duration", word == "completed" ? "42" : "0"), ("BillDuration", word == "completed" ? "60" : "0"),
            ]
        case .fetch: []
        }
    }

    private static func dial(_ word: String, aLeg: String, bLeg: String) -> [(String, String)] {
        let (status, rang, cause): (String, Bool, String) =
            switch word {
            case "completed": ("completed", true, "NORMAL_CLEARING")
            case "no_answer", "no-answer": ("no-answer", true, "NO_ANSWER")
            case "busy": ("busy", true, "USER_BUSY")
            case "rejected": ("busy", true, "CALL_REJECTED")
            case "cancel": ("cancel", true, "ORIGINATOR_CANCEL")
            case "timeout": ("timeout", true, "PROGRESS_TIMEOUT")
            case "failed": ("failed", false, "UNALLOCATED_NUMBER")
            default: (word, false, "")
            }
        return [
            ("DialStatus", status), ("DialRingStatus", rang ? "true" : "false"), ("DialHangupCause", cause),
            ("DialALegUUID", aLeg), ("DialBLegUUID", status == "completed" ? bLeg : ""),
        ]
    }

    private static func cause(ofHangup word: String) -> String {
        switch word {
        case "completed": "NORMAL_CLEARING"
        case "cancel": "ORIGINATOR_CANCEL"
        case "busy": "USER_BUSY"
        case "no-answer": "NO_ANSWER"
        case "timeout": "PROGRESS_TIMEOUT"
        default: "NORMAL_TEMPORARY_FAILURE"
        }
    }
}
