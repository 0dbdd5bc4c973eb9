/// How a `<Dial>` ended, as Plivo names it (voice/xml/routing), and the outcome that this is.
struct DialResult {
    /// `completed`, `busy`, `failed`, `cancel`, `timeout`, `no-answer`.
    let status: String
    let ringStatus: String
    /// `NORMAL_CLEARING`, `USER_BUSY`, `Rejected`, `3010`: by whichever of its names it came.
    let hangupCause: String
    let aLegUUID: String
    let bLegUUID: String

    /// Reads what Plivo sends to a `<Dial>`'s `action`.
    ///
    /// `Event` is not looked at: sources disagree on what it says, and the address tells which dial this is.
    init(_ parameters: Parameters) {
        status = parameters["DialStatus"] ?? ""
        ringStatus = parameters["DialRingStatus"] ?? ""
        hangupCause = parameters["DialHangupCause"] ?? ""
        aLegUUID = parameters["DialALegUUID"] ?? ""
        bLegUUID = parameters["DialBLegUUID"] ?? ""
    }

    /// A result that Plivo did not send: nothing was dialled, or nothing was heard.
    init(unheard status: String, cause: String, ringStatus: String = "false", bLegUUID: String = "") {
        self.status = status
        self.ringStatus = ringStatus
        hangupCause = cause
        aLegUUID = ""
        self.bLegUUID = bLegUUID
    }

    /// The outcome; the cause is looked at first, for busy and rejected.
    var outcome: String {
        switch Self.plain(status) {
        case "completed": "completed"
        case "cancel": "no_answer"
        case _ where Self.busyCauses.contains(Self.plain(hangupCause)): "busy"
        case "noanswer": "no_answer"
        case "busy": "busy"
        default: "failed"
        }
    }

    /// The caller gave up while it rang.
    var isCancel: Bool { Self.plain(status) == "cancel" }

    var isKnown: Bool { Self.statuses.contains(Self.plain(status)) }

    /// What was read of Plivo's parameters.
    var parameters: [(String, String)] {
        [
            ("DialStatus", status), ("DialRingStatus", ringStatus), ("DialHangupCause", hangupCause),
            ("DialALegUUID", aLegUUID), ("DialBLegUUID", bLegUUID),
        ]
    }

    /// The result as somebody plays it.
    var word: String {
        switch Self.plain(status) {
        case "cancel": "cancel"
        case "timeout" where outcome == "failed": "timeout"
        case _ where outcome == "busy" && Self.plain(status) != "busy" || Self.plain(hangupCause) == "callrejected":
            "rejected"
        default: outcome
        }
    }

    private static let statuses: Set = ["completed", "busy", "failed", "cancel", "timeout", "noanswer"]

    /// Busy and rejected by all their names (Plivo's hangup causes, docs and codes).
    private static let busyCauses: Set = [
        "callrejected", "userbusy", "rejected", "busyline", "declined", "busyeverywhere", "3010", "3020", "3100",
        "3110",
    ]

    /// A status or cause without case, blanks, `_` and `-`: Plivo's pages spell them in several ways.
    private static func plain(_ text: String) -> String {
        text.lowercased().filter { $0 != "_" && $0 != "-" && !$0.isWhitespace }
    }
}
