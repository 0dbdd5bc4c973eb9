import FlowCore
import FlowStore
import Synchronization
import Testing

extension StoreSuite {
    static let turns = [
        StoreCheck("a turn writes record and deliveries together and returns what it wrote") { store in
            let call = try StoreSample.call(1)
            var run = try StoreSample.run(of: call)
            run.ordered = 1
            let record = StoreSample.record(run)
            let delivery = StoreSample.delivery(of: call)
            let seen = Mutex<RunRecord?>(record)
            let change = try await store.turn(call, durability: .synced) { before in
                seen.withLock { $0 = before }
                return RecordChange(record: record, deliveries: [delivery], worker: WorkerID(1))
            }
            #expect(seen.withLock { $0 } == nil)
            #expect(change.record == record)
            #expect(change.deliveries == [delivery])
            #expect(try await store.record(of: call) == record)
            #expect(try await store.delivery(delivery.id) == delivery)
            #expect(try await store.deliveries(of: call) == [delivery])
        },
        StoreCheck("the next turn sees what the one before wrote, and none leaves it") { store in
            let record = StoreSample.record(try StoreSample.run(of: try StoreSample.call(1)))
            _ = try await store.turn(record.call, durability: .synced) { _ in RecordChange(record: record) }
            _ = try await store.turn(record.call, durability: .synced) { before in
                #expect(before == record)
                return RecordChange()
            }
            #expect(try await store.record(of: record.call) == record)
        },
        StoreCheck("a change that fails writes nothing, and fails nobody else") { store in
            let born = try await store.add(1, deliveries: 1)
            let call = try StoreSample.call(2)
            let record = StoreSample.record(try StoreSample.run(of: call))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: StoreError.self) {
                        try await store.turn(call, durability: .synced) { _ in
                            RecordChange(record: record, deliveries: born)
                        }
                    }
                }
                for number in 10..<20 { group.addTask { try await store.add(number) } }
                try await group.waitForAll()
            }
            #expect(try await store.record(of: call) == nil)
            #expect(try await store.deliveries(of: call) == [])
            #expect(try await store.calls(RunQuery()).count == 11)
        },
        StoreCheck("a store's watch hears of each turn as it begins, and when it is written or refused") {
            store,
            watch in
            let call = try StoreSample.call(1)
            let record = StoreSample.record(try StoreSample.run(of: call))
            let born = try await store.add(2, deliveries: 1)
            for deliveries in [[], born] {
                watch.clear()
                _ = try? await store.turn(call, durability: .synced) { _ in
                    watch.write("decided")
                    return RecordChange(record: record, deliveries: deliveries)
                }
                // A refused turn may have been tried again.
                #expect(watch.lines.starts(with: ["\(call) begins", "decided", "\(call) ends"]))
                #expect(watch.lines.last == "\(call) ends")
            }
            let claim = try #require(try await store.claim(WorkerID(1), at: 9).first).claim
            watch.clear()
            _ = try await store.settle(StoreSample.attempt(at: 9, status: 200), .delivered, of: claim) { _ in
                watch.write("decided")
                return RecordChange()
            }
            let other = try StoreSample.call(2)
            #expect(watch.lines == ["\(other) begins", "decided", "\(other) ends"])
        },
        StoreCheck("a turn returns what its decision gave beside the change") { store in
            let call = try StoreSample.call(1)
            let record = StoreSample.record(try StoreSample.run(of: call))
            let first = try await store.turn(call, durability: .synced) { before in
                (RecordChange(record: record), before == nil ? "new" : "known")
            }
            #expect(first.change.record == record)
            #expect(first.answer == "new")
            let second = try await store.turn(call, durability: .deferred) { before in
                (RecordChange(), before == record ? 7 : 0)
            }
            #expect(second.answer == 7)
        },
        StoreCheck("commits are counted where they change something, and nowhere else") { store in
            try await store.add(1)
            let before = store.commits
            let call = try StoreSample.call(1)
            for durability in [Durability.synced, .deferred] {
                _ = try await store.turn(call, durability: durability) { _ in RecordChange() }
            }
            #expect(store.commits == before)
            try await store.check()
            try await store.check()
            #expect(store.commits == before + 2)
            try await store.add(2)
            #expect(store.commits == before + 3)
        },
        StoreCheck("other records begin with a turn, with their deliveries, and both are there or neither") { store in
            let before = store.commits
            let side = RunID(own: 5)
            var run = try StoreSample.run(of: side, status: .delivering)
            run.ordered = 1
            let begun = RecordChange.Beginning(StoreSample.record(run), deliveries: [StoreSample.delivery(of: side)])
            let main = StoreSample.record(try StoreSample.run(of: try StoreSample.call(1)))
            var change = RecordChange(record: main, worker: WorkerID(1))
            change.begun = [begun]
            let wanted = change
            let written = try await store.turn(main.call, durability: .synced) { _ in wanted }
            #expect(store.commits == before + 1)
            #expect(written.claims == [.first(of: begun.deliveries[0].id, by: WorkerID(1))])
            #expect(try await store.record(of: main.call) == main)
            #expect(try await store.record(of: side) == begun.record)
            #expect(try await store.deliveries(of: side) == begun.deliveries)
            #expect(try await store.deliveries(of: main.call) == [])
            #expect(try await store.calls(RunQuery()).map(\.call) == [side, main.call])
            #expect(try await store.audit().balances)

            // Whatever is there already stays, and is not said to be written.
            let again = try await store.turn(main.call, durability: .synced) { _ in wanted }
            #expect(again.begun.isEmpty && again.claims.isEmpty)
            #expect(try await store.deliveries(of: side) == begun.deliveries)
            #expect(try await store.audit().balances)

            // A delivery that is there refuses all of the turn.
            let other = RunID(own: 6)
            var refused = RecordChange(record: StoreSample.record(try StoreSample.run(of: try StoreSample.call(2))))
            let record = RunRecord(call: other, createdAt: StoreSample.at(0))
            refused.begun = [RecordChange.Beginning(record, deliveries: begun.deliveries)]
            let unwritten = refused
            await #expect(throws: StoreError.self) {
                try await store.turn(StoreSample.call(2), durability: .synced) { _ in unwritten }
            }
            #expect(try await store.record(of: other) == nil)
            #expect(try await store.record(of: try StoreSample.call(2)) == nil)
        },
        StoreCheck("a delivery of an unknown call is refused") { store in
            let call = try StoreSample.call(1)
            await #expect(throws: StoreError.self) {
                try await store.turn(call, durability: .synced) { _ in
                    RecordChange(deliveries: [StoreSample.delivery(of: call)])
                }
            }
            #expect(try await store.backlog() == Backlog())
        },
        StoreCheck("a later turn adds deliveries without touching the record") { store in
            let first = try await store.add(1, deliveries: 1)
            let call = try StoreSample.call(1)
            let second = StoreSample.delivery(of: call, visit: 9)
            _ = try await store.turn(call, durability: .synced) { _ in RecordChange(deliveries: [second]) }
            #expect(try await store.deliveries(of: call) == first + [second])
        },
        StoreCheck("turns of one call happen one after the other") { store in
            let run = try StoreSample.run(of: try StoreSample.call(1))
            try await withThrowingTaskGroup { group in
                for _ in 0..<100 {
                    group.addTask {
                        _ = try await store.turn(run.id, durability: .synced) { before in
                            var record = before ?? StoreSample.record(run)
                            record.runs[0].turn += 1
                            return RecordChange(record: record)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.record(of: run.id)?.runs.map(\.turn) == [100])
        },
        StoreCheck("a deferred turn is seen at once, by the next turn and by readers") { store in
            let run = try StoreSample.run(of: try StoreSample.call(1))
            for turn in 1...20 {
                let change = try await store.turn(run.id, durability: .deferred) { before in
                    #expect(before?.runs.map(\.turn) ?? [0] == [turn - 1])
                    var record = before ?? StoreSample.record(run)
                    record.runs[0].turn = turn
                    return RecordChange(record: record, mayDefer: true)
                }
                #expect(change.record?.runs.map(\.turn) == [turn])
                #expect(try await store.record(of: run.id)?.runs.map(\.turn) == [turn])
            }
        },
        StoreCheck("the hangup of an unknown call is remembered") { store in
            let call = try StoreSample.call(1)
            let hangup = Hangup(callStatus: "cancel", cause: "ORIGINATOR_CANCEL", billDuration: 0)
            let record = RunRecord(call: call, createdAt: StoreSample.at(0), hangup: hangup)
            _ = try await store.turn(call, durability: .synced) { _ in RecordChange(record: record) }
            #expect(try await store.record(of: call) == record)
        },
        StoreCheck("calls and messages, with ids of any kind, are kept apart") { store in
            let ids = [
                RunID(.call, "9f1c2d3e-0000-4000-8000-000000000001"),
                RunID(.message, "9f1c2d3e-0000-4000-8000-000000000001"),
                RunID(.call, "9F1C2D3E-0000-4000-8000-000000000001"), RunID(.call, "é'; --"),
            ].compactMap { $0 }
            for (index, id) in ids.enumerated() {
                let record = RunRecord(call: id, createdAt: StoreSample.at(index))
                _ = try await store.turn(id, durability: .synced) { _ in RecordChange(record: record) }
            }
            #expect(try await store.calls(RunQuery()).map(\.call) == ids.reversed())
        },
        StoreCheck("a store that was closed says so") { store in
            try await store.close()
            try await store.close()
            await #expect(throws: StoreError.self) { try await store.check() }
            await #expect(throws: StoreError.self) { try await store.record(of: try StoreSample.call(1)) }
        },
    ]
}
