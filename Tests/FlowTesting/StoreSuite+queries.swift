import FlowCore
import FlowStore
import Testing

extension StoreSuite {
    static let queries = [
        StoreCheck("calls come newest first, as many as are wanted") { store in
            for number in 1...5 { try await store.add(number, at: number) }
            let newest = try await store.calls(RunQuery(limit: 3)).map(\.call)
            #expect(newest == [try StoreSample.call(5), try StoreSample.call(4), try StoreSample.call(3)])
            #expect(try await store.calls(RunQuery(limit: 0)) == [])
        },
        StoreCheck("calls are found by flow and status of one and the same run") { store in
            let call = try StoreSample.call(1)
            var record = StoreSample.record(try StoreSample.run(of: call, flow: "sales", status: .finished))
            record.runs.append(try StoreSample.run(of: call, flow: "support", at: 5))
            let transferred = record
            _ = try await store.turn(call, durability: .synced) { _ in RecordChange(record: transferred) }
            try await store.add(2, at: 9, status: .failed)
            func found(_ flow: String?, _ status: Run.Status?) async throws -> [RunID] {
                try await store.calls(RunQuery(flow: flow, status: status)).map(\.call)
            }
            let other = try StoreSample.call(2)
            #expect(try await found(nil, nil) == [other, call])
            #expect(try await found("sales", nil) == [call])
            #expect(try await found("support", nil) == [other, call])
            #expect(try await found("support", .running) == [call])
            #expect(try await found("sales", .running) == [])
            #expect(try await found(nil, .failed) == [other])
            #expect(try await found("sal", nil) == [])
            let query = RunQuery(flow: "sales")
            #expect(query.runs(of: try await store.calls(query)).map(\.flow) == ["sales"])
            #expect(
                RunQuery(limit: 2).runs(of: try await store.calls(RunQuery())).map(\.flow) == ["support", "support"]
            )
        },
        StoreCheck("calls are due by the earliest wake of their runs, the most overdue first") { store in
            for (number, wakes) in [(1, [30, 10]), (2, [20]), (3, []), (4, [99])] as [(Int, [Int])] {
                let call = try StoreSample.call(number)
                var record = RunRecord(call: call, createdAt: StoreSample.at(0))
                for wake in wakes {
                    var run = try StoreSample.run(of: call)
                    run.wait = Wait(node: 0, for: .callback, until: StoreSample.at(wake))
                    record.runs.append(run)
                }
                let written = record
                _ = try await store.turn(call, durability: .synced) { _ in RecordChange(record: written) }
            }
            let (first, second) = (try StoreSample.call(1), try StoreSample.call(2))
            #expect(try await store.callsDue(at: StoreSample.at(9), limit: 9) == [])
            #expect(try await store.callsDue(at: StoreSample.at(10), limit: 9) == [first])
            #expect(try await store.callsDue(at: StoreSample.at(30), limit: 9) == [first, second])
            #expect(try await store.callsDue(at: StoreSample.at(30), limit: 1) == [first])
            _ = try await store.turn(first, durability: .synced) { before in
                var record = before
                for index in 0..<2 { record?.runs[index].wait = nil }
                return RecordChange(record: record)
            }
            #expect(try await store.callsDue(at: StoreSample.at(30), limit: 9) == [second])
        },
        StoreCheck("deliveries come newest first, by state") { store in
            let worker = WorkerID(1)
            let born = try await store.add(1, deliveries: 4, worker: worker)
            #expect(try await store.note(.delivered, of: .first(of: born[0].id, by: worker), at: 1, status: 200))
            #expect(try await store.note(.dead, of: .first(of: born[1].id, by: worker), at: 1, status: 410))
            func found(_ state: Delivery.State?, limit: Int = 9) async throws -> [DeliveryID] {
                try await store.deliveries(DeliveryQuery(state: state, limit: limit)).map(\.id)
            }
            #expect(try await found(nil) == born.reversed().map(\.id))
            #expect(try await found(nil, limit: 1) == [born[3].id])
            #expect(try await found(.pending) == [born[3].id, born[2].id])
            #expect(try await found(.delivered) == [born[0].id])
            #expect(try await found(.dead) == [born[1].id])
        },
        StoreCheck("the backlog counts, and knows what was due first") { store in
            #expect(try await store.backlog() == Backlog())
            let worker = WorkerID(1)
            let early = try await store.add(1, deliveries: 2, worker: worker, at: 5, origin: "https://b.example:443")
            try await store.add(2, deliveries: 2, worker: worker, at: 7, origin: "https://a.example:443")
            #expect(
                try await store.backlog()
                    == Backlog(pending: 4, oldestDue: StoreSample.at(5), oldestCreated: StoreSample.at(5))
            )
            for delivery in early {
                let claim = Claim.first(of: delivery.id, by: worker)
                #expect(try await store.note(delivery == early[0] ? .delivered : .dead, of: claim, at: 8, status: 0))
            }
            var left = Backlog(pending: 2, delivered: 1, dead: 1, oldestDue: StoreSample.at(7))
            left.oldestCreated = StoreSample.at(7)
            #expect(try await store.backlog() == left)
            #expect(try await store.retry(early[0].id, at: StoreSample.at(9)))
            // Sent again, it is as old as it was.
            left = Backlog(pending: 3, dead: 1, oldestDue: StoreSample.at(7), oldestCreated: StoreSample.at(5))
            #expect(try await store.backlog() == left)
        },
    ]
}
