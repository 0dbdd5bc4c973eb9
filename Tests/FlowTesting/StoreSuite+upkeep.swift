import FlowCore
import FlowStore
import Testing

extension StoreSuite {
    static let upkeep = [
        StoreCheck("only what is over goes, in batches, with its deliveries") { store in
            let worker = WorkerID(1)
            try await store.beat(worker, at: StoreSample.at(0))
            let dead = try await store.add(1, deliveries: 1, worker: worker, status: .finished)
            try await store.add(2, status: .failed)
            try await store.add(3, status: .delivering)
            try await store.add(4, deliveries: 1, worker: worker, status: .finished)
            let late = try await store.add(5, deliveries: 1, worker: worker, status: .finished)
            let hungUp = RunRecord(call: try StoreSample.call(7), createdAt: StoreSample.at(1))
            _ = try await store.turn(hungUp.call, durability: .synced) { _ in RecordChange(record: hungUp) }
            try await store.add(6, at: 100, status: .finished)
            #expect(try await store.note(.dead, of: .first(of: dead[0].id, by: worker), at: 5, status: 410))
            #expect(try await store.note(.delivered, of: .first(of: late[0].id, by: worker), at: 60, status: 200))
            #expect(try await store.prune(before: StoreSample.at(50), batch: 1) == 2)
            #expect(try await store.prune(before: StoreSample.at(50), batch: 9) > 0)
            #expect(try await store.prune(before: StoreSample.at(50), batch: 9) == 0)
            let left = try await store.calls(RunQuery()).map(\.call)
            #expect(Set(left) == Set(try [3, 4, 5, 6].map(StoreSample.call)))
            #expect(try await store.delivery(dead[0].id) == nil)
            #expect(try await store.prune(before: StoreSample.at(99), batch: 9) == 2)
            #expect(
                try await store.backlog()
                    == Backlog(pending: 1, oldestDue: StoreSample.at(0), oldestCreated: StoreSample.at(0))
            )
        },
        StoreCheck("a call that came back to life stays") { store in
            try await store.add(1, status: .finished)
            let call = try StoreSample.call(1)
            let again = try StoreSample.run(of: call, at: 70)
            _ = try await store.turn(call, durability: .synced) { before in
                var record = before
                record?.runs.append(again)
                return RecordChange(record: record)
            }
            #expect(try await store.prune(before: StoreSample.at(99), batch: 9) == 0)
        },
        StoreCheck("versions are kept while a call ran on them, and the last of each flow") { store in
            let used = StoreSample.version(0)
            try await store.save(used)
            try await store.add(1, status: .finished)
            for number in 1...4 { try await store.save(StoreSample.version(number)) }
            let other = StoreSample.version(1, flow: "sales")
            try await store.save(other)
            try await store.save(used)
            try await store.save(StoreSample.version(5))
            try await store.save(StoreSample.version(6))
            try await store.save(StoreSample.version(7))
            #expect(try await store.version(used.id) == used)
            _ = try await store.prune(before: StoreSample.at(0), batch: 9)
            #expect(try await store.version(used.id) == used)
            #expect(try await store.version(StoreSample.version(4).id) == nil)
            #expect(try await store.version(StoreSample.version(5).id) == StoreSample.version(5))
            #expect(try await store.version(other.id) == other)
            while try await store.prune(before: StoreSample.at(50), batch: 9) > 0 {}
            #expect(try await store.version(used.id) == nil)
        },
        StoreCheck("a flow that is live again is among the last") { store in
            for number in 1...4 { try await store.save(StoreSample.version(number)) }
            try await store.save(StoreSample.version(1))
            _ = try await store.prune(before: StoreSample.at(0), batch: 9)
            #expect(try await store.version(StoreSample.version(1).id) != nil)
            #expect(try await store.version(StoreSample.version(2).id) == nil)
        },
        StoreCheck("the books balance, and say where they do not") { store in
            let worker = WorkerID(1)
            #expect(try await store.audit() == Audit())
            let born = try await store.add(1, deliveries: 3, worker: worker)
            #expect(try await store.note(.delivered, of: .first(of: born[0].id, by: worker), at: 1, status: 200))
            #expect(try await store.note(.dead, of: .first(of: born[1].id, by: worker), at: 1, status: 410))
            let audit = try await store.audit()
            #expect(audit == Audit(enqueued: 3, delivered: 1, dead: 1, pending: 1))
            #expect(audit.balances)
            let call = try StoreSample.call(1)
            _ = try await store.turn(call, durability: .synced) { before in
                var record = before
                record?.runs[0].ordered = 4
                return RecordChange(record: record)
            }
            let wrong = try await store.audit()
            #expect(wrong.differences == [Audit.Difference(call: call, enqueued: 4, found: 3)])
            #expect(!wrong.balances)
        },
        StoreCheck("the shared key is one, of 32 bytes") { store in
            let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<10 { group.addTask { try await store.sharedKey() } }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(keys.map(\.count) == [32])
        },
        StoreCheck("a store that can be written passes its check") { store in
            try await store.check()
        },
    ]
}
