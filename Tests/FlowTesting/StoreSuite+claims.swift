import FlowCore
import FlowStore
import Testing

extension StoreSuite {
    static let claims = [
        StoreCheck("a delivery is born claimed, and free once its worker is buried") { store in
            let (owner, peer) = (WorkerID(1), WorkerID(-2))
            try await store.beat(owner, at: StoreSample.at(0))
            let delivery = try #require(try await store.add(1, deliveries: 1, worker: owner).first)
            let first = Claim.first(of: delivery.id, by: owner)
            #expect(try await store.holds(first))
            #expect(try await store.claim(peer, at: 9) == [])
            #expect(try await store.claim(owner, at: 9) == [])
            try await store.bury(owner)
            let second = Claim(delivery: delivery.id, worker: peer, number: 2)
            #expect(try await store.claim(peer, at: 9) == [ClaimedDelivery(delivery, claim: second)])
            #expect(try await store.holds(second))
            #expect(try await !store.holds(first))
            #expect(try await !store.note(.delivered, of: first, at: 9, status: 200))
            #expect(try await store.delivery(delivery.id)?.attempts == [])
            #expect(try await store.note(.delivered, of: second, at: 9, status: 200))
            #expect(try await !store.holds(second))
        },
        StoreCheck("a delivery without a worker is anyone's") { store in
            let delivery = try #require(try await store.add(1, deliveries: 1).first)
            let claimed = try await store.claim(WorkerID(1), at: 0)
            #expect(claimed.map(\.claim) == [.first(of: delivery.id, by: WorkerID(1))])
        },
        StoreCheck("what is released is anyone's at once, under a new number") { store in
            let (one, two) = (WorkerID(1), WorkerID(2))
            try await store.beat(one, at: StoreSample.at(0))
            try await store.beat(two, at: StoreSample.at(0))
            let born = try await store.add(1, deliveries: 2, worker: one)
            let claims = born.map { Claim.first(of: $0.id, by: one) }
            try await store.release([claims[0], Claim(delivery: born[1].id, worker: two, number: 1)])
            #expect(try await !store.holds(claims[0]))
            #expect(try await store.holds(claims[1]))
            let claimed = try await store.claim(two, at: 0)
            #expect(claimed.map(\.claim) == [Claim(delivery: born[0].id, worker: two, number: 2)])
            try await store.release([])
        },
        StoreCheck("a claim takes in due order, no more than asked, and nobody takes it twice") { store in
            for number in 1...5 { try await store.add(number, deliveries: 1, at: 10 - number) }
            try await store.beat(WorkerID(1), at: StoreSample.at(0))
            let first = try await store.claim(WorkerID(1), at: 8, limit: 2)
            #expect(first.map(\.delivery.dueAt) == [StoreSample.at(5), StoreSample.at(6)])
            let rest = try await store.claim(WorkerID(2), at: 8)
            #expect(rest.map(\.delivery.dueAt) == [StoreSample.at(7), StoreSample.at(8)])
            #expect(try await store.claim(WorkerID(2), at: 0, limit: 0) == [])
        },
        StoreCheck("an origin has its share, less what is busy, and starves no other") { store in
            let (slow, fast) = ("https://slow.example:443", "https://fast.example:443")
            try await store.add(1, deliveries: 20, at: 0, origin: slow)
            try await store.add(2, deliveries: 3, at: 1, origin: fast)
            func origins(_ claimed: [ClaimedDelivery]) -> [String] { claimed.map(\.delivery.request.origin) }
            let worker = WorkerID(1)
            try await store.beat(worker, at: StoreSample.at(0))
            let first = try await store.claim(worker, at: 9, limit: 5, perOrigin: 2)
            #expect(origins(first) == [slow, slow, fast, fast])
            let second = try await store.claim(worker, at: 9, limit: 5, perOrigin: 2, busy: [slow: 2, fast: 1])
            #expect(origins(second) == [fast])
            #expect(try await store.claim(worker, at: 9, perOrigin: 2, busy: [slow: 5]) == [])
        },
        StoreCheck("many claim at once and each gets its own") { store in
            for number in 1...10 { try await store.add(number, deliveries: 10) }
            for number in 1...8 { try await store.beat(WorkerID(Int64(number)), at: StoreSample.at(0)) }
            let claimed = try await withThrowingTaskGroup(of: [DeliveryID].self) { group in
                for number in 1...8 {
                    group.addTask {
                        var mine: [DeliveryID] = []
                        for _ in 0..<40 {
                            mine += try await store.claim(WorkerID(Int64(number)), limit: 3).map(\.delivery.id)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == 100)
            #expect(Set(claimed).count == 100)
        },
        StoreCheck("beats are counted, a worker at a time") { store in
            let (one, two) = (WorkerID(.min), WorkerID(.max))
            for second in 0..<3 { try await store.beat(one, at: StoreSample.at(second)) }
            try await store.beat(two, at: StoreSample.at(0))
            #expect(try await store.beats() == [one: 3, two: 1])
            try await store.bury(one)
            try await store.bury(one)
            #expect(try await store.beats() == [two: 1])
        },
    ]
}
