/// Something that happened to a call, a message or one of their requests.
package enum Event: Hashable, Sendable {
    /// Plivo asks what to do with a call: its answer or fallback URL, or a first message.
    case started(Parameters)
    /// A `<Dial>` ended: its `action`.
    case dialEnded(DialResult)
    /// A leg of a `<Dial>` moved: its `callbackUrl`. Never moves a run.
    case leg(LegEvent)
    /// The call is over: the hangup URL.
    case hungUp(Hangup)
    /// A request on the call path was answered, or a delivery has ended.
    case requestEnded(EffectKey, RequestResult)
    /// The time that a run asked to be woken at has come.
    case woke
}

/// How a `<Dial>` ended, as Plivo names it (voice/xml/routing).
package struct DialResult: Hashable, Sendable {
    /// The answer to which Plivo reacts: the run's turn that this result begins.
    package var turn: Int
    /// `completed`, `busy`, `failed`, `cancel`, `timeout`, `no-answer`.
    package var status: String
    package var ringStatus: String
    package var hangupCause: String
    package var aLegUUID: String
    package var bLegUUID: String
    /// All that came with it: what a run is rebuilt from where the store does not know it.
    package var parameters: Parameters

    package init(
        turn: Int,
        status: String,
        ringStatus: String,
        hangupCause: String,
        aLegUUID: String,
        bLegUUID: String,
        parameters: Parameters = Parameters()
    ) {
        self.turn = turn
        self.status = status
        self.ringStatus = ringStatus
        self.hangupCause = hangupCause
        self.aLegUUID = aLegUUID
        self.bLegUUID = bLegUUID
        self.parameters = parameters
    }
}

/// What a `<Dial>`'s `callbackUrl` told of a leg.
package struct LegEvent: Hashable, Sendable {
    package enum Action: UInt8, Hashable, Sendable {
        case answered = 1
        case connected
        case hungUp
        /// Digits, and whatever else Plivo may add.
        case other
    }

    /// The turn of the `<Dial>`'s action, from the URL.
    package var turn: Int
    package var action: Action
    package var bLegUUID: String
    /// `DialBLegTo`: the number or SIP URI that was dialled.
    package var to: String
    /// `DialBLegDuration` in seconds, where Plivo says it.
    package var duration: Int?

    package init(turn: Int, action: Action, bLegUUID: String, to: String, duration: Int?) {
        self.turn = turn
        self.action = action
        self.bLegUUID = bLegUUID
        self.to = to
        self.duration = duration
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

    package init(callStatus: String, cause: String, billDuration: Int) {
        self.callStatus = callStatus
        self.cause = cause
        self.billDuration = billDuration
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
