package import FlowCore

extension Hangup {
    /// Reads what Plivo sends to a hangup URL (account/api/application).
    package init(_ parameters: Parameters) {
        self.init(
            callStatus: parameters["CallStatus"] ?? "",
            cause: parameters["HangupCause"] ?? "",
            billDuration: parameters.seconds("BillDuration") ?? 0,
            causeCode: parameters["HangupCauseCode"] ?? ""
        )
    }
}
