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
    private static let record = Field(
        "record",
        .boolean,
        roles: .records,
        default: "false",
        "Whether the two are recorded, from the answer on, as an mp3 file with a channel for each."
    )

    static let description = NodeDescription(
        type: "call_forward",
        summary: "Forwards the call, and goes on by how that ended.",
        fields: [
            to, from, mode, ringTimeout, timeLimit, callerName, hangupOnStar, screening, dialMusic, sendDigits,
            sipHeaders, record,
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
            ValueDescription(
                "legs",
                .open,
                "Every leg that Plivo told of: `uuid`, `to`, `rang_at`, `answered_at`, `connected_at`, `ended_at`, `duration` (seconds), `cause`, `cause_code`."
            ),
            Recording.urlValue, Recording.idValue,
        ],
        traits: [.holdsCaller, .dials],
        callbacks: [events, confirm, music, Recording.callback],
        plays: [dialEnds, legMoves, Recording.isTold],
        events: told,
        notes: [
            .notDialled, .needsCountry, .notInCountry, .emptyTarget, .extensionCut, .noCallerID, .callerNeedsCountry,
            .didNotAnswer, .unknownStatus, .dialLimit, .badRecordURL,
        ],
        otherNames: ["dial", "forward", "forwardcall", "connectcall", "connectcallto"]
    )

    /// Between the commas that the author wrote.
    let targets: [Template]
    /// What they come to, where they read no value.
    private let fixedTargets: TargetReader?
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
    private let isRecorded: Bool

    init(_ reader: FieldReader) {
        targets = reader.targets(Self.to).flatMap(\.commaParts)
        let literals = targets.compactMap(\.literal)
        fixedTargets =
            literals.count == targets.count
            ? literals.reduce(into: TargetReader(in: reader.scope.plan)) { $0.add($1) } : nil
        callerID = reader.template(Self.from)
        isSequence = reader.choice(Self.mode) == "sequence"
        ringTimeout = reader.wholeNumber(Self.ringTimeout)
        timeLimit = reader.wholeNumber(Self.timeLimit)
        callerName = reader.template(Self.callerName)
        hangupOnStar = reader.boolean(Self.hangupOnStar)
        screening = reader.group(Self.screening, Screening.fields).map { Screening($0) }
        music = reader.template(Self.dialMusic)
        sendDigits = reader.template(Self.sendDigits)
        sipHeaders = reader.pairs(Self.sipHeaders, escaping: .plain)
        isRecorded = reader.boolean(Self.record)
        if let callerID, let value = reader.value(Self.from) {
            reader.checkDefaults(of: callerID, in: value, takesSIP: false)
        }
        if callerID?.literal != nil, let value = reader.value(Self.from), let text = value.text, !text.isBlank {
            let whole = CommaPart.whole(text)
            if !whole.holdsTemplate { reader.checkNumber(whole, in: value, takesSIP: false) }
        }
    }

    var headline: String { targets.map(\.written).joined(separator: ", ") }

    // MARK: Dialling

    func enter(_ stay: inout Stay) -> Progress {
        if isRecorded {
            // Those of an earlier visit are not this one's.
            for value in [Recording.urlValue, Recording.idValue] { stay.give(value.name, .missing) }
        }
        let dial = dial(&stay, isFirst: true)
        guard !stay.call.isOver else {
            let cause = stay.call.hangup?.cause ?? ""
            let result = DialResult(unheard: "cancel", cause: cause.isEmpty ? "ORIGINATOR_CANCEL" : cause)
            return settle(dial, result, wasDialled: false, &stay)
        }
        guard !dial.targets.isEmpty else {
            let result = DialResult(unheard: "failed", cause: "INVALID_NUMBER_FORMAT")
            return settle(dial, result, wasDialled: false, &stay)
        }
        return ring(dial, &stay)
    }

    /// Whom the node dials for this run; of a sequence the first, or the last where it is not known which rang.
    private func dial(_ stay: inout Stay, isFirst: Bool) -> DialState {
        let read = fixedTargets ?? readTargets(&stay)
        for (kind, text) in read.remarks { stay.note(kind, text.cut(toBytes: 100)) }
        return DialState(
            targets: read.targets,
            index: isSequence && !read.targets.isEmpty ? (isFirst ? 0 : read.targets.count - 1) : nil,
            callerID: callerID(&stay),
            startedAt: stay.at
        )
    }

    private func readTargets(_ stay: inout Stay) -> TargetReader {
        var reader = TargetReader(in: stay.flow.plan)
        for template in targets {
            if template.parts.count == 1, case .reference(let reference) = template.parts[0] {
                reader.add(stay.value(of: reference), named: reference.text)
            } else {
                reader.add(stay.text(template))
            }
        }
        return reader
    }

    /// What is sent as `callerId`; empty for what is no number.
    private func callerID(_ stay: inout Stay) -> String {
        guard let callerID else {
            return PhoneNumber(plivo: stay.run.from).flatMap { $0.isCallerID ? $0.text : nil } ?? ""
        }
        let text = stay.text(callerID).trimmed
        let written = WrittenNumber(text, in: stay.flow.plan)
        guard let number = written.number, number.isCallerID else {
            stay.note(written.fault == .needsCountry ? .callerNeedsCountry : .noCallerID, text.cut(toBytes: 100))
            return ""
        }
        if written.extension != nil { stay.note(.extensionCut, text.cut(toBytes: 100)) }
        return number.text
    }

    private func ring(_ state: DialState, _ stay: inout Stay) -> Progress {
        guard stay.call.dials < RunLimits.dialsPerRun else {
            stay.note(.dialLimit, "\(RunLimits.dialsPerRun)")
            stay.apologize()
            return settle(state, DialResult(unheard: "failed", cause: "flowd_dial_limit"), wasDialled: false, &stay)
        }
        stay.run.call.dials += 1
        var dial = Dial(targets: state.rung, timeout: ringTimeout, timeLimit: timeLimit)
        dial.action = stay.link(Callback.action)
        dial.callback = stay.link(Self.events.name)
        dial.callerID = state.callerID
        dial.callerName = callerName.map { String(stay.text($0).prefix(50)) } ?? ""
        dial.hangupOnStar = hangupOnStar
        dial.screening = screening.map {
            Dial.Screening(sound: stay.link(Self.confirm.name), key: $0.key, timeout: $0.timeout)
        }
        dial.music = music.flatMap { music(stay.text($0), stay) }
        dial.sendDigits = sendDigits.map { stay.text($0).filter { "0123456789*#wWABCD".contains($0) } } ?? ""
        dial.sipHeaders = sipHeaders.map { ($0.key, stay.text($0.value)) }
        if isRecorded {
            let told = stay.link(Recording.callback.name)
            stay.say(.record(Record(.dial(channels: "stereo"), action: told, callback: told, maxLength: timeLimit)))
        }
        stay.say(.dial(dial))
        return .await(wait(for: state, stay))
    }

    private func wait(for state: DialState, _ stay: Stay) -> Wait {
        Wait(
            node: stay.node,
            for: .callback,
            state: state.datum,
            until: stay.at + longestSilence,
            hangupGrace: RunLimits.actionAfterHangupSeconds
        )
    }

    /// Seconds from the answer to Plivo after which nothing more can be heard of a dial.
    private var longestSilence: Int {
        ringTimeout + (screening?.timeout ?? 0) + timeLimit + RunLimits.watchdogSeconds
    }

    private func music(_ text: String, _ stay: Stay) -> Dial.Music? {
        if text.trimmed == "real" { return .real }
        if sound(text) != nil { return .document(stay.link(Self.music.name)) }
        return Self.isURL(text.trimmed) ? .document(.url(text.trimmed)) : nil
    }

    /// The URL of a sound file, for which flowd serves the document.
    private func sound(_ text: String) -> String? {
        let text = text.trimmed
        return Self.isURL(text) && SoundFile.isNamed(by: text) ? text : nil
    }

    private static func isURL(_ text: String) -> Bool { text.hasPrefix("https://") || text.hasPrefix("http://") }

    // MARK: Callbacks

    func document(_ callback: String, _ stay: inout Stay) -> [Verb]? {
        switch callback {
        case Self.confirm.name:
            guard let screening else { return nil }
            if let play = screening.play { return [.play(Play(url: stay.text(play).trimmed))] }
            let text = screening.speak.map { stay.text($0) } ?? ""
            return [.speak(Speak(text, voice: screening.voice, language: screening.language))]
        case Self.music.name:
            return music.flatMap { sound(stay.text($0)) }.map { [.play(Play(url: $0))] }
        default: return nil
        }
    }

    func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait? {
        guard stay.run.id.kind != .message else { return nil }
        stay.run.call.dials = 1
        return wait(for: dial(&stay, isFirst: callback.turn == 1), stay)
    }

    func hear(_ callback: Callback, _ stay: inout Stay) -> Progress? {
        if callback.name == Recording.callback.name {
            hear(Recording(callback.parameters), &stay)
            return nil
        }
        guard callback.name == Self.events.name, let event = LegEvent(callback.parameters) else { return nil }
        if let word = event.word { stay.heard(Self.legMoves.key, word, event.parameters) }
        var legs = DialLegs(stay.details)
        legs.add(event, rangAt: DialState(stay.state)?.startedAt, at: stay.at)
        stay.details = legs.details
        if stay.given("status") != .missing { stay.give("legs", legs.list) }
        return nil
    }

    private func hear(_ recording: Recording, _ stay: inout Stay) {
        stay.heard(Recording.isTold.key, recording.word, recording.parameters)
        recording.give(&stay)
    }

    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        guard let dial = DialState(stay.state) else {
            return settle(
                self.dial(&stay, isFirst: false),
                DialResult(unheard: "failed", cause: ""),
                wasDialled: true,
                &stay
            )
        }
        switch signal {
        case .callback(let callback):
            let result = DialResult(callback.parameters)
            stay.heard(Self.dialEnds.key, result.word, result.parameters)
            return ended(dial, result, &stay)
        case .hungUp:
            // Kept also where the action decides: what follows has no caller from here on.
            stay.heardHangup()
            guard let hangup = stay.call.hangup, hangup.isCancel else { return nil }
            return settle(dial, result(of: hangup, stay), wasDialled: true, &stay)
        case .timeIsUp:
            if let hangup = stay.call.hangup {
                stay.heardHangup()
                return settle(dial, result(of: hangup, stay), wasDialled: true, &stay)
            }
            stay.heard(Run.Heard.nothing)
            let legs = DialLegs(stay.details)
            let result = DialResult(
                unheard: "failed",
                cause: "flowd_watchdog",
                ringStatus: legs.ringStatus,
                bLegUUID: legs.inConversation(isScreened: screening != nil)?.uuid ?? ""
            )
            return settle(dial, result, wasDialled: true, &stay)
        case .requestEnded: return nil
        }
    }

    /// A dial of which only the end of the call is known.
    private func result(of hangup: Hangup, _ stay: Stay) -> DialResult {
        let legs = DialLegs(stay.details)
        let leg = legs.inConversation(isScreened: screening != nil)
        let talked = leg != nil || hangup.billDuration > 0 && screening == nil
        return DialResult(
            unheard: hangup.isCancel || !talked ? "cancel" : "completed",
            cause: hangup.cause,
            ringStatus: legs.ringStatus,
            bLegUUID: leg?.uuid ?? ""
        )
    }

    private func ended(_ dial: DialState, _ result: DialResult, _ stay: inout Stay) -> Progress {
        let ends = result.outcome == "completed" || result.isCancel || stay.call.isOver
        guard let index = dial.index, !ends, index + 1 < dial.targets.count else {
            return settle(dial, result, wasDialled: true, &stay)
        }
        stay.note(.didNotAnswer, dial.targets[index].text, result.outcome)
        var next = dial
        next.index = index + 1
        next.startedAt = stay.at
        return ring(next, &stay)
    }

    private func settle(_ dial: DialState, _ result: DialResult, wasDialled: Bool, _ stay: inout Stay) -> Progress {
        if !result.isKnown { stay.note(.unknownStatus, result.status.cut(toBytes: 50)) }
        if result.isCancel { stay.run.call.isOver = true }
        let completed = result.outcome == "completed"
        let legs = DialLegs(stay.details)
        let known = legs.inConversation(isScreened: screening != nil)
        let bLeg = result.bLegUUID.isEmpty && completed ? known?.uuid ?? "" : result.bLegUUID
        let leg = completed ? legs[bLeg] ?? (bLeg.isEmpty ? known : nil) : nil
        let answeredBy = leg?.to ?? (dial.rung.count == 1 ? dial.rung[0].text : "")
        let talkedSince = leg.flatMap { $0.connectedAt ?? $0.answeredAt } ?? dial.startedAt
        stay.give("DialStatus", .text(result.status))
        stay.give("DialRingStatus", .text(result.ringStatus))
        stay.give("DialHangupCause", .text(result.hangupCause))
        stay.give("DialALegUUID", .text(result.aLegUUID.isEmpty ? stay.call.uuid : result.aLegUUID))
        stay.give("DialBLegUUID", .text(bLeg))
        stay.give("uuid", .text(bLeg))
        stay.give(
            "to",
            .text(completed && !answeredBy.isEmpty ? answeredBy : dial.targets.map(\.text).joined(separator: ","))
        )
        stay.give("from", .text(dial.callerID))
        stay.give("start_time", .text(wasDialled ? dial.startedAt.plivo : ""))
        stay.give("answer_time", .text(leg?.answeredAt?.plivo ?? ""))
        stay.give("end_time", .text(stay.at.plivo))
        stay.give("duration", .number(String(completed ? leg?.duration ?? stay.at.seconds(since: talkedSince) : 0)))
        stay.give("hangup_cause", .text(result.hangupCause))
        stay.give("legs", legs.list)
        return .outcome(result.outcome)
    }
}
