import FlowCore
import FlowStore

/// What a worker holds: deliveries to send, and how many are under way to each origin.
///
/// An origin that hangs must not delay another. Each has a cap, and beyond that no more than an eighth of what is still
/// free: the more is taken, the less any one may add, so that some is always left for an origin that has nothing yet
/// (Choudhury and Hahne, "Dynamic queue length thresholds", 1998). An origin whose last request got no answer is sent
/// one at a time until it answers, and all of that kind together get half at most.
struct SendQueue {
    struct Limits: Sendable {
        /// Under way in all.
        var sending = 256
        /// Under way to one origin.
        var sendingPerOrigin = 16
        /// Held in memory and not sent, in all.
        var waiting = 8_192
    }

    private static let share = 8

    private let limits: Limits
    private var queues: [String: DueQueue] = [:]
    private var waiting = 0
    private(set) var sending: [String: Int] = [:]
    private(set) var sendingInAll = 0
    /// Origins whose last request got no answer.
    private var silent: Set<String> = []

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Deliveries of each origin that are held, sent or not.
    var held: [String: Int] { sending.merging(queues.mapValues(\.count), uniquingKeysWith: +) }

    /// Takes a delivery in, or says that there are too many to its origin.
    mutating func add(_ new: HeldDelivery) -> Bool {
        let origin = new.delivery.request.origin
        guard queues[origin]?.count ?? 0 < max(1, (limits.waiting - waiting) / Self.share) else { return false }
        queues[origin, default: DueQueue()].insert(new)
        waiting += 1
        return true
    }

    /// The first due of those that may be sent now; it counts as under way until ``finish(_:isAnswered:)``.
    mutating func next() -> HeldDelivery? {
        let free = limits.sending - sendingInAll
        guard free > 0 else { return nil }
        let cap = min(limits.sendingPerOrigin, max(1, free / Self.share))
        let sendingToSilent = silent.reduce(0) { $0 + (sending[$1] ?? 0) }
        let silentCap = sendingToSilent < max(1, limits.sending / 2) ? 1 : 0
        var earliest: HeldDelivery?
        for (origin, queue) in queues where sending[origin] ?? 0 < (silent.contains(origin) ? silentCap : cap) {
            guard let first = queue.first else { continue }
            if let earliest, earliest.delivery.dueAt <= first.delivery.dueAt { continue }
            earliest = first
        }
        guard let origin = earliest?.delivery.request.origin, let next = queues[origin]?.popFirst() else { return nil }
        if queues[origin]?.count == 0 { queues[origin] = nil }
        waiting -= 1
        sending[origin, default: 0] += 1
        sendingInAll += 1
        return next
    }

    /// Notes that a delivery is under way no more, and whether its origin answered; nil where it was not asked.
    mutating func finish(_ held: HeldDelivery, isAnswered: Bool?) {
        let origin = held.delivery.request.origin
        let left = (sending[origin] ?? 0) - 1
        precondition(left >= 0, "a delivery finished that was not under way")
        sending[origin] = left == 0 ? nil : left
        sendingInAll -= 1
        switch isAnswered {
        case true: silent.remove(origin)
        case false: silent.insert(origin)
        default: break
        }
    }

    /// Takes out all that was not sent.
    mutating func removeAll() -> [HeldDelivery] {
        var all: [HeldDelivery] = []
        for var queue in queues.values {
            while let held = queue.popFirst() { all.append(held) }
        }
        queues = [:]
        waiting = 0
        return all
    }
}
