import FlowCore
import FlowStore
import Testing

extension StoreSuite {
    static let deliveries = [
        StoreCheck("an attempt and what it does to the call are written together, once a claim") { store in
            let worker = WorkerID(1)
            let delivery = try #require(try await store.add(1, deliveries: 1, worker: worker).first)
            let next = StoreSample.delivery(of: delivery.key.run, visit: 7)
            let claim = Claim.first(of: delivery.id, by: worker)
            let attempt = StoreSample.attempt(at: 3, status: 200)
            let change = try await store.settle(attempt, .delivered, of: claim) { before in
                var record = before
                record?.runs[0].status = .finished
                return RecordChange(record: record, deliveries: [next], worker: worker)
            }
            #expect(change?.deliveries == [next])
            let call = delivery.key.run
            #expect(try await store.record(of: call)?.runs.map(\.status) == [.finished])
            let written = try #require(try await store.delivery(delivery.id))
            #expect(written.state == .delivered)
            #expect(written.attempts == [attempt])
            let again = try await store.settle(attempt, .delivered, of: claim) { _ in
                Issue.record("a claim that ended was asked")
                return RecordChange()
            }
            #expect(again == nil)
            #expect(try await store.delivery(delivery.id) == written)
            #expect(try await store.deliveries(of: call).map(\.id) == [delivery.id, next.id])
        },
        StoreCheck("what is tried again is due in its time, for anyone") { store in
            let worker = WorkerID(1)
            try await store.beat(worker, at: StoreSample.at(0))
            let born = try await store.add(1, deliveries: 2, worker: worker)
            let late = Delivery.Next.retry(at: StoreSample.at(60))
            let soon = Delivery.Next.retry(at: StoreSample.at(30))
            #expect(try await store.note(late, of: .first(of: born[0].id, by: worker), at: 1, status: 500))
            #expect(try await store.note(soon, of: .first(of: born[1].id, by: worker), at: 2, status: 0))
            #expect(try await store.claim(WorkerID(2), at: 29) == [])
            let claimed = try await store.claim(WorkerID(2), at: 60)
            #expect(claimed.map(\.delivery.id) == [born[1].id, born[0].id])
            #expect(claimed.map(\.claim.number) == [2, 2])
            #expect(claimed.map(\.delivery.attempts.count) == [1, 1])
            #expect(claimed.map(\.delivery.dueAt) == [StoreSample.at(30), StoreSample.at(60)])
        },
        StoreCheck("a dead delivery that is sent again is pending, on a new ladder, and moves no run") { store in
            let worker = WorkerID(1)
            let delivery = try #require(try await store.add(1, deliveries: 1, worker: worker).first)
            #expect(try await store.note(.dead, of: .first(of: delivery.id, by: worker), at: 1, status: 410))
            #expect(try await store.claim(worker, at: 100) == [])
            #expect(try await store.retry(delivery.id, at: StoreSample.at(50)))
            let again = try #require(try await store.delivery(delivery.id))
            #expect(again.state == .pending)
            #expect(!again.movesRun)
            #expect(again.retriedFrom == 1)
            #expect(again.dueAt == StoreSample.at(50))
            #expect(again.attempts.count == 1)
            #expect(try await store.claim(worker, at: 50).map(\.delivery) == [again])
        },
        StoreCheck("a pending delivery that is sent again is due now, and still moves its run") { store in
            let worker = WorkerID(1)
            let delivery = try #require(try await store.add(1, deliveries: 1, worker: worker).first)
            let next = Delivery.Next.retry(at: StoreSample.at(9_000))
            #expect(try await store.note(next, of: .first(of: delivery.id, by: worker), at: 1, status: 500))
            #expect(try await store.retry(delivery.id, at: StoreSample.at(5)))
            let again = try #require(try await store.claim(worker, at: 5).first)
            #expect(again.delivery.movesRun)
            #expect(again.delivery.retriedFrom == 1)
        },
        StoreCheck("one that has ended and held something sensitive cannot be sent again") { store in
            let worker = WorkerID(1)
            let call = try StoreSample.call(1)
            let run = try StoreSample.run(of: call)
            let deliveries = [0, 1].map { StoreSample.delivery(of: call, visit: $0, isSensitive: true) }
            _ = try await store.turn(call, durability: .synced) { _ in
                RecordChange(record: StoreSample.record(run), deliveries: deliveries, worker: worker)
            }
            let ends: [Delivery.Next] = [.dead, .delivered]
            for (delivery, end) in zip(deliveries, ends) {
                #expect(try await store.retry(delivery.id, at: StoreSample.at(1)))
                #expect(try await store.note(end, of: .first(of: delivery.id, by: worker), at: 2, status: 0))
                let before = try await store.delivery(delivery.id)
                let error = await #expect(throws: StoreError.self) {
                    try await store.retry(delivery.id, at: StoreSample.at(3))
                }
                #expect(error?.kind == .notAgain)
                #expect(try await store.delivery(delivery.id) == before)
            }
        },
        StoreCheck("a run's sensitive texts come back with it, until they are wiped") { store in
            let call = try StoreSample.call(1)
            var run = try StoreSample.run(of: call)
            let number = run.vault.add("8731", turn: 3)
            let record = StoreSample.record(run)
            _ = try await store.turn(call, durability: .synced) { _ in RecordChange(record: record) }
            #expect(try await store.record(of: call)?.runs.first?.vault.text(number) == "8731")
            var wiped = record
            wiped.runs[0].vault.wipe()
            let change = wiped
            _ = try await store.turn(call, durability: .synced) { before in
                #expect(before == record)
                return RecordChange(record: change)
            }
            #expect(try await store.record(of: call) == wiped)
        },
        StoreCheck("a delivered one can be sent again too, an unknown one cannot") { store in
            let worker = WorkerID(1)
            let delivery = try #require(try await store.add(1, deliveries: 1, worker: worker).first)
            #expect(try await store.note(.delivered, of: .first(of: delivery.id, by: worker), at: 1, status: 200))
            #expect(try await store.retry(delivery.id, at: StoreSample.at(5)))
            #expect(try await store.delivery(delivery.id)?.movesRun == false)
            #expect(try await !store.retry(DeliveryID("msg_of_nobody"), at: StoreSample.at(5)))
            #expect(try await store.delivery(DeliveryID("msg_of_nobody")) == nil)
        },
    ]
}
