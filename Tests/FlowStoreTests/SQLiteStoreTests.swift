import FlowCore
import FlowStore
import FlowStoreSQLite
import FlowTesting
import Testing

@Suite
struct SQLiteStoreTests {
    @Test(arguments: StoreSuite.checks)
    func `a store in a SQLite file does what every store does`(_ check: StoreCheck) async throws {
        try await StoreFolder.with { folder in
            let watch = WatchLog()
            try await folder.open(watch: watch) { try await check.run($0, watch) }
        }
    }

    @Test
    func `a store is the same after it was closed and opened again`() async throws {
        try await StoreFolder.with { folder in
            let version = StoreSample.version(1)
            let written = try await folder.open { store in
                let born = try await store.add(1, deliveries: 2, worker: WorkerID(1))
                try await store.beat(WorkerID(1), at: StoreSample.at(0))
                try await store.save(version)
                return (born, try await store.record(of: try StoreSample.call(1)), try await store.sharedKey())
            }
            try await folder.open { store async throws in
                #expect(try await store.record(of: try StoreSample.call(1)) == written.1)
                #expect(try await store.deliveries(of: try StoreSample.call(1)) == written.0)
                #expect(try await store.sharedKey() == written.2)
                #expect(try await store.version(version.id) == version)
                #expect(try await store.beats() == [WorkerID(1): 1])
                #expect(try await store.claim(WorkerID(2), at: 9) == [])
            }
        }
    }

    @Test
    func `a deferred turn comes to the disk by itself, and one that may not be deferred is waited for`() async throws {
        try await StoreFolder.with { folder in
            try await folder.open { store in
                try await folder.open { peer in
                    var waits: [Duration] = []
                    for number in 1...20 {
                        let record = StoreSample.record(try StoreSample.run(of: try StoreSample.call(number)))
                        let mayDefer = number.isMultiple(of: 2)
                        _ = try await store.turn(record.call, durability: .deferred) { _ in
                            RecordChange(record: record, mayDefer: mayDefer)
                        }
                        let began = ContinuousClock.now
                        while mayDefer, try await peer.record(of: record.call) == nil, .now < began + .seconds(20) {}
                        if mayDefer { waits.append(began.duration(to: .now)) }
                        #expect(try await peer.record(of: record.call) == record)
                    }
                    // The best of them, and generously: the others say how busy the machine is.
                    #expect(try #require(waits.min()) < .seconds(1))
                }
            }
        }
    }

    @Test
    func `two stores on one file see each other's turns, and none is lost`() async throws {
        try await StoreFolder.with { folder in
            try await folder.open { one in
                try await folder.open { two in
                    let run = try StoreSample.run(of: try StoreSample.call(1))
                    try await withThrowingTaskGroup { group in
                        for index in 0..<200 {
                            let store = index.isMultiple(of: 2) ? one : two
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
                    #expect(try await one.record(of: run.id)?.runs.map(\.turn) == [200])
                    #expect(try await two.record(of: run.id)?.runs.map(\.turn) == [200])
                    #expect(try await one.sharedKey() == two.sharedKey())
                }
            }
        }
    }

    @Test
    func `two workers on two stores take deliveries, each once`() async throws {
        try await StoreFolder.with { folder in
            try await folder.open { one in
                try await folder.open { two in
                    for number in 1...20 { try await one.add(number, deliveries: 5) }
                    for (index, store) in [one, two].enumerated() {
                        try await store.beat(WorkerID(Int64(index)), at: StoreSample.at(0))
                    }
                    let claimed = try await withThrowingTaskGroup(of: [DeliveryID].self) { group in
                        for (index, store) in [one, two].enumerated() {
                            group.addTask {
                                var mine: [DeliveryID] = []
                                for _ in 0..<60 {
                                    mine += try await store.claim(WorkerID(Int64(index)), limit: 4).map(\.delivery.id)
                                }
                                return mine
                            }
                        }
                        return try await group.reduce(into: []) { $0 += $1 }
                    }
                    #expect(claimed.count == 100)
                    #expect(Set(claimed).count == 100)
                }
            }
        }
    }
}
