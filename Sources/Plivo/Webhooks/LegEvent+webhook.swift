package import FlowCore

extension LegEvent {
    /// Reads what Plivo sends to a `<Dial>`'s `callbackUrl` (voice/xml/routing).
    ///
    /// The turn is the address's.
    package init(_ parameters: Parameters, turn: Int) {
        self.init(
            turn: turn,
            action: Action(parameters),
            bLegUUID: parameters["DialBLegUUID"] ?? "",
            to: parameters["DialBLegTo"] ?? "",
            duration: parameters.seconds("DialBLegDuration")
        )
    }
}

extension LegEvent.Action {
    /// `DialAction`, and where that is missing `Event`, which says the same in other words.
    fileprivate init(_ parameters: Parameters) {
        switch parameters["DialAction"] ?? parameters["Event"] {
        case "answer", "DialAnswer": self = .answered
        case "connected", "DialConnected": self = .connected
        case "hangup", "DialHangup": self = .hungUp
        default: self = .other
        }
    }
}
