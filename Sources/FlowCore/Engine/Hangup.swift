/// The end of a call, from Plivo's hangup URL.
package struct Hangup: Hashable, Sendable {
    /// The final `CallStatus`: `completed`, `cancel`, `busy`, `failed`, `timeout`, `no-answer`.
    package var callStatus: String
    /// FreeSWITCH's name: `NORMAL_CLEARING`, `ORIGINATOR_CANCEL`.
    package var cause: String
    /// `BillDuration` in seconds; above 0 only if somebody answered.
    package var billDuration: Int
    /// `HangupCauseCode` (Plivo's table of hangup causes): `4000`, `9100`; empty where it did not come.
    package var causeCode: String

    package init(callStatus: String, cause: String, billDuration: Int, causeCode: String = "") {
        self.callStatus = callStatus
        self.cause = cause
        self.billDuration = billDuration
        self.causeCode = causeCode
    }

    /// Whether the caller gave up before anyone answered.
    package var isCancel: Bool { callStatus == "cancel" || cause == "ORIGINATOR_CANCEL" }
}
