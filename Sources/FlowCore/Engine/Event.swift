/// Something that happened to a run.
package enum Event: Hashable, Sendable {
    /// A call, a message or a request comes in: a run begins.
    case began(Beginning)
    /// Plivo came to a URL of the run's documents.
    case callback(Callback, StepAddress)
    /// The same, for a turn that the store does not know: the run is rebuilt from the URL and the parameters.
    case rebuilt(Callback, StepAddress, hangup: Hangup?)
    /// The call is over: the hangup URL.
    case hungUp(Hangup)
    /// A request on the call path was answered, or a delivery has ended.
    case requestEnded(EffectKey, RequestResult)
    /// The time that the run waited for has come.
    case timeIsUp
    /// The process that asks on the call path has not come back in time: another asks again.
    case askedAgain
    /// The call went to another flow.
    case transferred(to: String)
    /// The document that the run made cannot be given to Plivo.
    case unanswerable(reason: Note)
}

/// What a run begins with.
package struct Beginning: Hashable, Sendable {
    package var run: RunID
    /// What Plivo sent, or the API request's own parameters.
    package var parameters: Parameters

    package init(_ run: RunID, _ parameters: Parameters) {
        self.run = run
        self.parameters = parameters
    }
}

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

/// What came back for a request to an app server.
package struct RequestResult: Hashable, Sendable {
    /// The HTTP status, or 0 where there was no answer.
    package var statusCode: Int
    package var contentType: String
    package var body: [UInt8]
    /// Why there was no answer, in a few words; empty for any answer.
    package var error: String
    /// Why there is less of the answer than was sent; nil where all of it is here.
    package var remark: AnswerRemark?

    package init(
        statusCode: Int = 0,
        contentType: String = "",
        body: [UInt8] = [],
        error: String = "",
        remark: AnswerRemark? = nil
    ) {
        self.statusCode = statusCode
        self.contentType = contentType
        self.body = body
        self.error = error
        self.remark = remark
    }

    /// Status 200 to 299.
    package var isSuccess: Bool { (200...299).contains(statusCode) }
}
