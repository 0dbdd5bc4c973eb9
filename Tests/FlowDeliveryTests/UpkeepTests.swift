import FlowCore
import FlowStore
import FlowTesting
import Logging
import Synchronization
import Testing

@testable import FlowDelivery

@Suite("Upkeep", .timeLimit(.minutes(5)))
struct UpkeepTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let store = FaultyStore()
    private let lastBeat = LastBeat()

    private func heartbeat(_ worker: WorkerID) -> Heartbeat {
        Heartbeat(store: store, worker: worker, lastBeat: lastBeat, logger: Self.logger, now: wallClock)
    }

    @Test("a heartbeat begins at once, goes on, and signs off at its end")
    func heartbeat() async throws {
        #expect(!lastBeat.isFresh())
        try await Workbench.run(heartbeat(WorkerID(7))) {
            try await eventually("it beats") { try await store.beats()[WorkerID(7)] == 1 }
            try await eventually("the lastBeat is fresh") { lastBeat.isFresh() }
            try await eventually("it beats again") { try await store.beats()[WorkerID(7)] == 2 }
        }
        #expect(try await store.beats() == [:])
    }

    @Test("a heartbeat buries a peer that stands still, and frees what it held")
    func burial() async throws {
        let dead = WorkerID(8)
        try await store.beat(dead, at: wallClock())
        try await store.commit([Sample.delivery()], by: dead)
        #expect(try await store.free() == [])
        let began = ContinuousClock.now
        try await Workbench.run(heartbeat(WorkerID(7))) {
            try await eventually("it is buried") { try await store.beats()[dead] == nil }
            #expect(began.duration(to: .now) >= .seconds(10))
            #expect(try await store.free() == [Sample.delivery().id])
            #expect(try await store.beats().map(\.key) == [WorkerID(7)])
        }
    }

    @Test("a heartbeat outlives a store that fails, and tells by its lastBeat that peers may have taken over")
    func failingStore() async throws {
        store.fails = true
        try await Workbench.run(heartbeat(WorkerID(7))) {
            try await Task.sleep(for: .milliseconds(1_500))
            #expect(!lastBeat.isFresh())
            store.fails = false
            try await eventually("the lastBeat is fresh") { lastBeat.isFresh() }
        }
    }

    @Test("a lastBeat is fresh for 10 s")
    func pulseAge() {
        let instant = ContinuousClock.now
        lastBeat.beat(at: instant)
        #expect(lastBeat.isFresh(at: instant + .milliseconds(9_999)))
        #expect(!lastBeat.isFresh(at: instant + .seconds(10)))
    }

    @Test("a beat that comes after a pause says nothing about the time before it")
    func beatAfterPause() {
        let start = ContinuousClock.now
        #expect(!lastBeat.wasFresh(from: start, to: start))
        for second in [0, 3, 12] { lastBeat.beat(at: start + .seconds(second)) }
        #expect(lastBeat.wasFresh(from: start, to: start + .milliseconds(21_999)))
        #expect(!lastBeat.wasFresh(from: start, to: start + .seconds(22)))
        #expect(!lastBeat.wasFresh(from: start + .seconds(-1), to: start + .seconds(13)))
        lastBeat.beat(at: start + .seconds(22))
        #expect(!lastBeat.wasFresh(from: start + .seconds(21), to: start + .seconds(23)))
        #expect(lastBeat.wasFresh(from: start + .seconds(22), to: start + .seconds(23)))
    }

    @Test("a pruner removes in batches all that is old")
    func pruning() async throws {
        store.prunable = 1_200
        let now = Timestamp(milliseconds: 3_000_000_000)
        let pruner = Pruner(store: store, keepSeconds: 2_592_000, logger: Self.logger, now: { now })
        try await Workbench.run(pruner) {
            try await eventually("all is gone") { store.pruned.count == 4 }
        }
        let asked = store.pruned.map { "\($0.before.milliseconds) \($0.batch)" }
        #expect(asked == Array(repeating: "408000000 500", count: 4))
    }
}
