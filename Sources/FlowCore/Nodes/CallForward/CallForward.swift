import FlowDocument

/// Connects the caller to other numbers or SIP endpoints.
struct CallForward: Node {
    private static let to = Field(
        "to",
        .targets,
        roles: .dialTargets,
        isRequired: true,
        example: "+12025551234, +12025555678",
        "Whom to dial: numbers and `sip:` URIs, as comma-separated text or a list."
    )
    private static let from = Field(
        "from",
        .text(),
        roles: .callerID,
        example: "<<Start.call.from>>",
        "The caller ID that the callee sees; the caller's number where it is left out."
    )
    private static let mode = Field(
        "mode",
        .choice(["parallel", "sequence"]),
        roles: .ringOrder,
        default: "parallel",
        "`parallel`: all ring at once; `sequence`: one after the other until one answers."
    )
    private static let ringTimeout = Field(
        "ring_timeout",
        .wholeNumber(1...600, unit: "seconds"),
        roles: .ringSeconds,
        default: "30",
        "How long it rings; in a sequence, how long each target rings."
    )
    private static let timeLimit = Field(
        "time_limit",
        .wholeNumber(1...86_400, unit: "seconds"),
        roles: .timeLimit,
        default: "14400",
        "How long the two may talk; Plivo ends any call after 24 hours."
    )
    private static let callerName = Field("caller_name", .text(atMost: 50), "The caller's name that the callee sees.")
    private static let hangupOnStar = Field(
        "hangup_on_star",
        .boolean,
        default: "false",
        "Whether the caller ends the forwarded call with `*`."
    )
    private static let screening = Field(
        "screening",
        .group(Screening.fields),
        roles: .screening,
        "What the callee hears, and the key to press, before the two are bridged."
    )
    private static let dialMusic = Field(
        "dial_music",
        .sound(words: ["real"]),
        example: "real",
        "What the caller hears in place of ringing: `real`, the URL of a Plivo XML document, or of an mp3 or wav file."
    )
    private static let sendDigits = Field(
        "send_digits",
        .text(),
        roles: .digits,
        example: "ww1234",
        "Digits that are sent once a target answers."
    )
    private static let sipHeaders = Field(
        "sip_headers",
        .pairs,
        roles: .sipHeaders,
        "SIP headers that the targets get."
    )

    static let description = NodeDescription(
        type: "call_forward",
        summary: "Forwards the call, and goes on by how that ended.",
        fields: [
            to, from, mode, ringTimeout, timeLimit, callerName, hangupOnStar, screening, dialMusic, sendDigits,
            sipHeaders,
        ],
        outcomes: [
            Outcome("completed", .good, "Somebody answered, and one of the two hung up."),
            Outcome("no_answer", .neutral, "Nobody answered, or the caller gave up while it rang."),
            Outcome("busy", .bad, "Busy, or rejected."),
            Outcome("failed", .bad, "Nobody could be reached."),
        ],
        values: [
            ValueDescription(
                "DialStatus",
                .text,
                "How the dial ended, as Plivo says it: `completed`, `busy`, `no-answer`, …."
            ),
            ValueDescription("DialRingStatus", .text, "`true` if it rang."),
            ValueDescription("DialHangupCause", .text, "Why it ended: `NORMAL_CLEARING`, `USER_BUSY`, …."),
            ValueDescription("DialALegUUID", .text, roles: .sameForAllOutcomes, "The caller's leg."),
            ValueDescription("DialBLegUUID", .text, after: ["completed"], "The leg that answered."),
            ValueDescription("uuid", .text, after: ["completed"], "The leg that answered."),
            ValueDescription("to", .phoneNumber, roles: .dialled, "The target that answered, else all targets."),
            ValueDescription("from", .phoneNumber, roles: .sameForAllOutcomes, "The caller ID that was sent."),
            ValueDescription("start_time", .time, roles: .sameForAllOutcomes, "When dialling began, UTC."),
            ValueDescription(
                "answer_time",
                .time,
                after: ["completed"],
                "When a target answered, UTC, where Plivo told."
            ),
            ValueDescription("end_time", .time, roles: .sameForAllOutcomes, "When the dial ended, UTC."),
            ValueDescription("duration", .number, "Whole seconds that the two talked; 0 if nobody answered."),
            ValueDescription("hangup_cause", .text, "The same as `DialHangupCause`."),
            ValueDescription("status", .text, "The outcome: `completed`, `no_answer`, `busy` or `failed`."),
        ],
        traits: [.holdsCaller, .dials],
        otherNames: ["dial", "forward", "forwardcall", "connectcall", "connectcallto"]
    )

    let targets: [Template]
    /// What they come to, where they read no value.
    private let fixedTargets: (targets: [DialTarget], dropped: [String])?
    let callerID: Template?
    let isSequence: Bool
    let ringTimeout: Int
    let timeLimit: Int
    let callerName: Template?
    let hangupOnStar: Bool
    let screening: Screening?
    let music: Template?
    let sendDigits: Template?
    let sipHeaders: [Pair]

    init(_ reader: FieldReader) {
        targets = reader.targets(Self.to)
        let literals = targets.compactMap(\.literal)
        fixedTargets = literals.count == targets.count ? DialTarget.list(literals) : nil
        callerID = reader.template(Self.from)
        isSequence = reader.choice(Self.mode) == "sequence"
        ringTimeout = reader.wholeNumber(Self.ringTimeout)
        timeLimit = reader.wholeNumber(Self.timeLimit)
        callerName = reader.template(Self.callerName)
        hangupOnStar = reader.boolean(Self.hangupOnStar)
        screening = reader.group(Self.screening, Screening.fields).map { Screening($0) }
        music = reader.template(Self.dialMusic)
        sendDigits = reader.template(Self.sendDigits)
        sipHeaders = reader.pairs(Self.sipHeaders, place: .plain)
        if let callerID, let value = reader.value(Self.from) {
            reader.checkDefaults(of: callerID, in: value, takesSIP: false)
        }
        if callerID?.literal != nil, let value = reader.value(Self.from), let text = value.text, !text.isBlank {
            let whole = CommaPart.whole(text)
            if !whole.holdsTemplate, PhoneNumber(whole.text) == nil {
                reader.reportNoNumber(whole, in: value, takesSIP: false)
            }
        }
    }

    var headline: String {
        targets.map { template in
            template.parts.map { part in
                switch part {
                case .literal(let text): text
                case .reference(let reference): "<<\(reference.text)>>"
                }
            }.joined()
        }.joined(separator: ", ")
    }

    // MARK: Dialling

    func enter(_ visit: inout Stay) -> Progress {
        var dial = awaited(&visit, isFirstDial: true)
        guard !visit.run.callEnded else {
            let cause = visit.run.hangup?.cause ?? ""
            let result = DialResult.unheard(
                "cancel",
                cause: cause.isEmpty ? "ORIGINATOR_CANCEL" : cause,
                run: visit.run
            )
            return settle(&dial, result, wasDialled: false, &visit)
        }
        guard !dial.targets.isEmpty else {
            return settle(
                &dial,
                .unheard("failed", cause: "INVALID_NUMBER_FORMAT", run: visit.run),
                wasDialled: false,
                &visit
            )
        }
        return ring(dial, &visit)
    }

    /// Whom the node dials for this run; of a sequence the first, or the last where it is not known which rang.
    func awaited(_ visit: inout Stay, isFirstDial: Bool) -> AwaitedDial {
        let (targets, dropped) = fixedTargets ?? DialTarget.list(targets.map { visit.text($0) })
        for text in dropped {
            visit.note(
                "\"\(text.cut(toBytes: 100))\" is neither a number nor a SIP URI: not dialled by \"\(visit.name)\""
            )
        }
        let callerID =
            callerID.map { PhoneNumber(visit.text($0).trimmed)?.text ?? "" } ?? PhoneNumber(visit.run.from)?.text
        return AwaitedDial(
            node: visit.node,
            targets: targets,
            index: isSequence && !targets.isEmpty ? (isFirstDial ? 0 : targets.count - 1) : nil,
            callerID: callerID ?? "",
            startedAt: visit.at
        )
    }

    func resume(_ event: Event, _ visit: inout Stay) -> Progress? {
        guard case .dialEnded(let result) = event, case .dial(var dial) = visit.run.waiting else { return nil }
        let outcome = Self.outcome(of: result)
        let endsSequence = result.status == "completed" || result.status == "cancel" || visit.run.callEnded
        if let index = dial.index, !endsSequence, index + 1 < dial.targets.count {
            dial = AwaitedDial(
                node: dial.node,
                targets: dial.targets,
                index: index + 1,
                callerID: dial.callerID,
                startedAt: visit.at
            )
            visit.note("\"\(dial.targets[index].text)\" did not answer: \(Self.description.outcomes[outcome].name)")
            return ring(dial, &visit)
        }
        return settle(&dial, result, wasDialled: true, &visit)
    }

    private func ring(_ awaited: AwaitedDial, _ visit: inout Stay) -> Progress {
        let targets = awaited.index.map { [awaited.targets[$0]] } ?? awaited.targets
        var dial = Dial(targets: targets, timeout: ringTimeout, timeLimit: timeLimit, step: visit.nextStep)
        dial.callerID = awaited.callerID
        dial.callerName = callerName.map { String(visit.text($0).prefix(50)) } ?? ""
        dial.hangupOnStar = hangupOnStar
        dial.screening = screening.map { Dial.Screening(key: $0.key, timeout: $0.timeout) }
        dial.music = music.flatMap { music(visit.text($0)) }
        dial.sendDigits = sendDigits.map { visit.text($0).filter { "0123456789*#wWABCD".contains($0) } } ?? ""
        dial.sipHeaders = sipHeaders.map { [$0.key, visit.text($0.value)] }
        return .dial(dial, awaited)
    }

    private func music(_ text: String) -> Dial.Music? {
        let text = text.trimmed
        guard text != "real" else { return .real }
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
        let path = text.prefix { $0 != "?" && $0 != "#" }.lowercased()
        return path.hasSuffix(".mp3") || path.hasSuffix(".wav") ? .sound(url: text) : .document(url: text)
    }

    /// What the callee hears before pressing the key: the document behind `confirmSound`.
    func confirmation(_ visit: inout Stay) -> Speech? {
        guard let screening else { return nil }
        if let play = screening.play { return .play(url: visit.text(play).trimmed) }
        return .speak(
            text: screening.speak.map { visit.text($0) } ?? "",
            voice: screening.voice,
            language: screening.language
        )
    }

    /// The sound behind `dialMusic`, where flowd serves its document.
    func sound(_ visit: inout Stay) -> String? {
        guard let music, case .sound(let url) = self.music(visit.text(music)) else { return nil }
        return url
    }

    /// Seconds from the answer to Plivo after which nothing more can be heard of a dial.
    var longestSilence: Int { ringTimeout + (screening?.timeout ?? 0) + timeLimit + RunLimits.watchdogSeconds }
}
