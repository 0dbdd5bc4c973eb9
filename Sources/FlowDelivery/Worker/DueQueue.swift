import FlowStore

/// A claimed delivery, and when it was claimed.
struct HeldDelivery: Sendable {
    let claimed: ClaimedDelivery
    let since: ContinuousClock.Instant

    var delivery: Delivery { claimed.delivery }
}

/// Held deliveries of one origin, the first due first; of those due at once, the first that came.
struct DueQueue {
    private var items: [HeldDelivery] = []
    private var head = 0

    var count: Int { items.count - head }
    var first: HeldDelivery? { head < items.count ? items[head] : nil }

    mutating func insert(_ held: HeldDelivery) {
        var place = items.count
        while place > head, items[place - 1].delivery.dueAt > held.delivery.dueAt { place -= 1 }
        items.insert(held, at: place)
    }

    mutating func popFirst() -> HeldDelivery? {
        guard let first else { return nil }
        head += 1
        // What was taken is dropped once it is half of all: each item is moved once on average.
        if head * 2 > items.count {
            items.removeFirst(head)
            head = 0
        }
        return first
    }
}
