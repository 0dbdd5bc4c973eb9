import Foundation

/// A call as Plivo sees it, from its answer to its hangup.
struct Conversation: Sendable {
    /// What Plivo's side knows in the end.
    struct Entry: Sendable {
        var call: String
        var flow: String
        /// Whether the caller hung up while it rang: then only the hangup tells of the dial.
        var isCancelled = false
        /// When the answer came in which flowd dials.
        var answeredAt: ContinuousClock.Instant?
        /// When the webhook was answered with 200 that tells the dial's end.
        var acknowledgedAt: ContinuousClock.Instant?
        /// Answers that should not have been given.
        var wrong: [String] = []
    }

    let base: String
    let cloud: PlivoCloud
    let flow: String
    var call = UUID().uuidString.lowercased()

    var standard: [(String, String)] {
        [("CallUUID", call), ("From", "14155551234"), ("To", "14155550100"), ("Direction", "inbound")]
    }

    var answerPairs: [(String, String)] { standard + [("CallStatus", "ringing"), ("Event", "StartApp")] }

    func resultPairs(_ status: String = "busy") -> [(String, String)] {
        standard + [
            ("CallStatus", "in-progress"), ("Event", "Redirect"), ("DialStatus", status),
            ("DialHangupCause", "USER_BUSY"),
            ("DialRingStatus", "true"), ("DialALegUUID", call), ("DialBLegUUID", ""),
        ]
    }

    func hangupPairs(isCancelled: Bool) -> [(String, String)] {
        standard + [
            ("Event", "Hangup"), ("CallStatus", isCancelled ? "cancel" : "completed"),
            ("HangupCause", isCancelled ? "ORIGINATOR_CANCEL" : "NORMAL_CLEARING"),
        ]
    }

    /// Has the whole call, whatever becomes of flowd meanwhile.
    func have(_ chance: inout Chance) async -> Entry {
        var entry = Entry(call: call, flow: flow)
        let address = "\(base)/flows/\(flow)"
        guard let answer = await cloud.insist(address, answerPairs, &chance) else { return entry }
        guard answer.isDocument, !answer.isApology, let action = answer.action else {
            entry.wrong.append("the call got \(answer.status) \(answer.text)")
            return entry
        }
        entry.answeredAt = .now
        try? await Task.sleep(for: chance.pause(0.02...0.3))
        entry.isCancelled = chance.happens(0.2)
        if !entry.isCancelled {
            let replies = await tell(action, &chance)
            if !replies.isEmpty { entry.acknowledgedAt = .now }
            for reply in replies where !reply.isDocument || reply.isApology || reply != replies[0] {
                entry.wrong.append("the result got \(reply.status) \(reply.text)")
            }
        }
        let hangup = await cloud.insist(address, hangupPairs(isCancelled: entry.isCancelled), &chance)
        if entry.isCancelled, hangup?.isDocument == true { entry.acknowledgedAt = .now }
        return entry
    }

    /// Tells the dial's result, now and then twice at once.
    private func tell(_ action: String, _ chance: inout Chance) async -> [PlivoCloud.Reply] {
        guard chance.happens(0.15) else {
            return [await cloud.insist(action, resultPairs(), &chance)].compactMap(\.self)
        }
        var (first, second) = (chance.split(), chance.split())
        async let one = cloud.insist(action, resultPairs(), &first)
        async let other = cloud.insist(action, resultPairs(), &second)
        return await [one, other].compactMap(\.self)
    }
}
