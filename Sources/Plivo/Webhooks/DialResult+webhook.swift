package import FlowCore

extension DialResult {
    /// Reads what Plivo sends to a `<Dial>`'s `action` (voice/xml/routing).
    ///
    /// `Event` is not looked at: sources disagree on what it says, and the address tells which dial this is.
    ///
    /// The turn is the address's.
    package init(_ parameters: Parameters, turn: Int) {
        self.init(
            turn: turn,
            status: parameters["DialStatus"] ?? "",
            ringStatus: parameters["DialRingStatus"] ?? "",
            hangupCause: parameters["DialHangupCause"] ?? "",
            aLegUUID: parameters["DialALegUUID"] ?? "",
            bLegUUID: parameters["DialBLegUUID"] ?? "",
            parameters: parameters
        )
    }
}
