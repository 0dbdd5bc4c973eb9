/// The call that a run is in now.
///
/// A message has none: its run begins with a call that is over.
package struct CallState: Hashable, Sendable {
    /// Its CallUUID, which is also the A leg's; empty where there never was a call.
    package var uuid: String
    /// Nothing more can be heard or said: nothing is dialled any more, and every request is off the call path.
    package var isOver: Bool
    /// What Plivo said as the call ended.
    package var hangup: Hangup?
    /// `<Dial>`s so far.
    package var dials: Int
    /// Fields that a newer flowd wrote, kept as they are.
    package var unknownFields = UnknownFields()

    package init(uuid: String = "", isOver: Bool = false, hangup: Hangup? = nil, dials: Int = 0) {
        self.uuid = uuid
        self.isOver = isOver
        self.hangup = hangup
        self.dials = dials
    }
}
