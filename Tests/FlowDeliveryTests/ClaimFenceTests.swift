import FlowHost
import FlowStore
import FlowTesting
import Logging
import Synchronization
import Testing

@testable import FlowDelivery

@Suite(.timeLimit(.minutes(5))) struct ClaimFenceTests {
    private let store = FaultyStore()
    private let lastBeat = LastBeat()
    private let start = ContinuousClock.now

    /// The fence of a delivery that this process holds, and was known to hold at `since`.
    private func fence(since: ContinuousClock.Instant, isStopping: Bool = false) async throws -> ClaimFence {
        let delivery = Sample.delivery()
        try await store.beat(Workbench.me, at: wallClock())
        try await store.commit([delivery], by: Workbench.me)
        return ClaimFence(
            HeldDelivery(
                claimed: ClaimedDelivery(delivery, claim: .first(of: delivery.id, by: Workbench.me)),
                since: since
            ),
            store: store,
            lastBeat: lastBeat,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            isStopping: { isStopping }
        )
    }

    @Test func `a young claim is trusted while the heart beats`() async throws {
        lastBeat.beat(at: start)
        let claim = try await fence(since: .now + .seconds(60))
        #expect(await claim.fence.isOpen())
        #expect(store.checks == 0)
    }

    @Test(arguments: [(-2, [-3]), (0, [-11]), (0, [])] as [(Int, [Int])])
    func `an old claim, and any claim while the heart stands still, is asked about`(
        since: Int,
        beats: [Int]
    ) async throws {
        for beat in beats { lastBeat.beat(at: start + .seconds(beat)) }
        let claim = try await fence(since: start + .seconds(since))
        #expect(!claim.fence.isKnownOpen())
        #expect(await claim.fence.isOpen())
        #expect(store.checks == 1)
        #expect(!claim.isLost)
    }

    @Test func `a claim from before a pause is asked about, though the heart beats again`() async throws {
        lastBeat.beat(at: start + .seconds(-14))
        let claim = try await fence(since: start)
        try await store.takeOver(from: Workbench.me, by: WorkerID(2))
        lastBeat.beat(at: .now + .microseconds(1))
        #expect(!claim.fence.isKnownOpen())
        #expect(await claim.fence.isOpen() == false)
        #expect(claim.isLost)
    }

    @Test func `what the store said is trusted for a second`() async throws {
        lastBeat.beat(at: start + .seconds(-3))
        let claim = try await fence(since: start + .seconds(-2))
        #expect(await claim.fence.ask())
        // Unless this machine took more than a second since, the store is not asked again.
        let isQuick = start.duration(to: .now) < .milliseconds(500)
        #expect(claim.fence.isKnownOpen() || !isQuick)
    }

    @Test func `nothing is open once the process is to end, and the claim is not lost by that`() async throws {
        let claim = try await fence(since: start + .seconds(-2), isStopping: true)
        #expect(await claim.fence.isOpen() == false)
        #expect(!claim.isLost)
    }

    @Test func `a store that fails is asked until it answers`() async throws {
        let claim = try await fence(since: start + .seconds(-2))
        store.fails = true
        async let isOpen = claim.fence.isOpen()
        try await eventually("it was asked twice") { store.checks >= 2 }
        store.fails = false
        #expect(await isOpen)
    }
}
