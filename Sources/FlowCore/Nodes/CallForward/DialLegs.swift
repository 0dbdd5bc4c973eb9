/// What a `<Dial>`'s `callbackUrl` told of a leg (voice/xml/routing).
struct LegEvent {
    enum Action {
        case answered, connected, hungUp
        /// Digits, and whatever else Plivo may add.
        case other
    }

    let action: Action
    let uuid: String
    /// `DialBLegTo`: the number or SIP URI that was dialled.
    let to: String
    /// `DialBLegDuration` in seconds, where Plivo says it.
    let duration: Int?
    let cause: String
    let causeCode: String

    /// The event as somebody plays it; nil for what nobody plays.
    var word: String? {
        switch action {
        case .answered: "answered"
        case .connected: "connected"
        case .hungUp: "hangup"
        case .other: nil
        }
    }

    /// What was read of Plivo's parameters.
    var parameters: [(String, String)] {
        [
            ("DialAction", action == .answered ? "answer" : word ?? ""), ("DialBLegUUID", uuid), ("DialBLegTo", to),
            ("DialBLegDuration", duration.map(String.init) ?? ""), ("DialBLegHangupCauseName", cause),
            ("DialBLegHangupCauseCode", causeCode),
        ]
    }

    /// - Returns: nil where the callback names no leg.
    init?(_ parameters: Parameters) {
        guard let uuid = parameters["DialBLegUUID"], !uuid.isEmpty else { return nil }
        self.uuid = uuid.cut(toBytes: RunID.maximumLength)
        // `DialAction`, and where that is missing `Event`, which says the same in other words.
        action =
            switch parameters["DialAction"] ?? parameters["Event"] {
            case "answer", "DialAnswer": .answered
            case "connected", "DialConnected": .connected
            case "hangup", "DialHangup": .hungUp
            default: .other
            }
        let to = parameters["DialBLegTo"] ?? ""
        self.to = DialTarget(plivo: to)?.text ?? to.cut(toBytes: 200)
        duration = parameters["DialBLegDuration"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
        let cause = parameters["DialBLegHangupCauseName"] ?? parameters["DialBLegHangupCause"] ?? ""
        self.cause = cause.cut(toBytes: 100)
        causeCode = (parameters["DialBLegHangupCauseCode"] ?? "").cut(toBytes: 20)
    }
}

/// One leg that a `<Dial>` rang, as far as callbacks told.
struct DialLeg {
    let uuid: String
    var to = ""
    var rangAt: Timestamp?
    var answeredAt: Timestamp?
    var connectedAt: Timestamp?
    var endedAt: Timestamp?
    /// Seconds.
    var duration: Int?
    var cause = ""
    var causeCode = ""

    /// Lost the race to another leg, and refused by the callee's missing key (Plivo's hangup causes).
    private static let refusals: Set = ["9000", "9110"]

    /// Whether the caller talked to it: it was connected, or, without screening, it answered.
    func isInConversation(isScreened: Bool) -> Bool {
        !Self.refusals.contains(causeCode) && (connectedAt != nil || !isScreened && answeredAt != nil)
    }
}

/// The legs of one visit, as its record keeps them.
struct DialLegs {
    private var legs: [DialLeg] = []

    /// Legs that are kept of one visit.
    private static let limit = 100

    /// Reads the details of a visit.
    init(_ details: Datum) {
        guard case .list(let items) = details["legs"] else { return }
        legs = items.map { item in
            var leg = DialLeg(uuid: item["uuid"].rendered)
            leg.to = item["to"].rendered
            leg.rangAt = item["rang_at"].moment
            leg.answeredAt = item["answered_at"].moment
            leg.connectedAt = item["connected_at"].moment
            leg.endedAt = item["ended_at"].moment
            leg.duration = item["duration"].wholeNumber
            leg.cause = item["cause"].rendered
            leg.causeCode = item["cause_code"].rendered
            return leg
        }
    }

    subscript(uuid: String) -> DialLeg? { legs.first { $0.uuid == uuid } }

    /// The leg that the caller talked to; of several the one that answered first.
    func inConversation(isScreened: Bool) -> DialLeg? { legs.first { $0.isInConversation(isScreened: isScreened) } }

    /// `DialRingStatus`, as far as callbacks told.
    var ringStatus: String { legs.isEmpty ? "" : "true" }

    mutating func add(_ event: LegEvent, rangAt: Timestamp?, at: Timestamp) {
        let index: Int
        if let known = legs.firstIndex(where: { $0.uuid == event.uuid }) {
            index = known
        } else {
            guard legs.count < Self.limit else { return }
            legs.append(DialLeg(uuid: event.uuid))
            index = legs.count - 1
            legs[index].rangAt = rangAt
        }
        if !event.to.isEmpty { legs[index].to = event.to }
        switch event.action {
        case .answered: legs[index].answeredAt = legs[index].answeredAt ?? at
        case .connected:
            legs[index].answeredAt = legs[index].answeredAt ?? at
            legs[index].connectedAt = legs[index].connectedAt ?? at
        case .hungUp:
            legs[index].endedAt = legs[index].endedAt ?? at
            legs[index].duration = event.duration ?? legs[index].duration
            if !event.cause.isEmpty { legs[index].cause = event.cause }
            if !event.causeCode.isEmpty { legs[index].causeCode = event.causeCode }
        case .other: break
        }
    }

    /// The legs as a list of objects, for templates.
    var list: Datum { .list(legs.map(\.datum)) }

    /// The details of the visit.
    var details: Datum { legs.isEmpty ? .missing : .object([.init("legs", list)]) }
}

extension DialLeg {
    fileprivate var datum: Datum {
        var members: [Datum.Member] = [.init("uuid", .text(uuid)), .init("to", .text(to))]
        for (name, moment) in [
            ("rang_at", rangAt), ("answered_at", answeredAt), ("connected_at", connectedAt), ("ended_at", endedAt),
        ] {
            if let moment { members.append(.init(name, .text(moment.iso8601))) }
        }
        if let duration { members.append(.init("duration", .number(String(duration)))) }
        if !cause.isEmpty { members.append(.init("cause", .text(cause))) }
        if !causeCode.isEmpty { members.append(.init("cause_code", .text(causeCode))) }
        return .object(members)
    }
}
