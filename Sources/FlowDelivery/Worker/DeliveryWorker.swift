package import FlowCore
package import FlowHost
package import FlowStore
package import Logging
import ServiceLifecycle
import Synchronization

/// Sends deliveries until they have ended: those that this process committed at once, those that are due again, and
/// those that other processes left behind.
///
/// Each is sent while it is held, and its outcome is kept until it is written down. On a graceful shutdown nothing new
/// is sent, what is under way gets a while to end, and the rest is given back. It starts after the ``Heartbeat`` of its
/// process and ends before it.
package final class DeliveryWorker: Service {
    package struct Limits: Sendable {
        /// Requests under way in all.
        package var sending = 256
        /// Requests under way to one origin; fewer while many are under way in all.
        package var sendingPerOrigin = 16

        package init() {}
    }

    struct State {
        var sendQueue: SendQueue
        var poll = PollPlan()
        /// Sent, and not written down yet.
        var recording = 0
        /// Claims of what was not sent, or whose outcome is not known, to be given back.
        var abandoned: [Claim] = []
        var isStopping = false

        var isIdle: Bool { sendQueue.sendingInAll == 0 && recording == 0 }
    }

    /// Outcomes that may wait to be written before nothing more is sent.
    private static let recordingAtMost = 1_024
    private static let claimsAtMost = 256

    let store: any Store
    let worker: WorkerID
    let courier: any Courier
    let sink: any DeliverySink
    let ladder: Ladder
    let lastBeat: LastBeat
    let logger: Logger
    let now: @Sendable () -> Timestamp
    let jitter: @Sendable () -> Double
    private let inbox: DeliveryInbox
    private let limits: Limits
    private let grace: Duration
    private let wakeSignal = WakeSignal()
    private let state: Mutex<State>

    /// - Parameters:
    ///   - lastBeat: kept by the ``Heartbeat`` of this process; without a fresh beat nothing is claimed.
    ///   - grace: how long a graceful shutdown waits for what is under way.
    ///   - now: the wall clock.
    ///   - jitter: draws a number from -1 to 1 for each wait.
    package init(
        store: any Store,
        worker: WorkerID,
        inbox: DeliveryInbox,
        courier: any Courier,
        sink: any DeliverySink,
        ladder: Ladder = .standardWebhooks,
        lastBeat: LastBeat,
        logger: Logger,
        limits: Limits = Limits(),
        grace: Duration = .seconds(8),
        now: @escaping @Sendable () -> Timestamp,
        jitter: @escaping @Sendable () -> Double = { .random(in: -1...1) }
    ) {
        self.store = store
        self.worker = worker
        self.inbox = inbox
        self.courier = courier
        self.sink = sink
        self.ladder = ladder
        self.lastBeat = lastBeat
        self.logger = logger
        self.limits = limits
        self.grace = grace
        self.now = now
        self.jitter = jitter
        let docketLimits = SendQueue.Limits(sending: limits.sending, sendingPerOrigin: limits.sendingPerOrigin)
        state = Mutex(State(sendQueue: SendQueue(limits: docketLimits)))
    }

    /// Requests under way.
    package var sending: Int { state.withLock { $0.sendQueue.sendingInAll } }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    package func run() async throws {
        inbox.onArrival { [wakeSignal] in wakeSignal.ring() }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                while !isStopping, !Task.isCancelled {
                    startWhatIsDue(in: &group)
                    let pause = state.withLock { $0.poll.due }.map { ContinuousClock.now.duration(to: $0) }
                    await wakeSignal.wait(atMost: pause ?? .seconds(1))
                }
                inbox.onArrival(nil)
                await giveBackUnsent()
                await waitForWhatIsUnderWay()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.state.withLock { $0.isStopping = true }
            self.wakeSignal.ring()
        }
        await giveBackUnsent()
    }

    private func startWhatIsDue(in group: inout DiscardingTaskGroup) {
        let surplus = accept(inbox.takeItems().map { HeldDelivery(claimed: $0.claimed, since: $0.since) })
        if !surplus.isEmpty { group.addTask { await self.release(surplus) } }
        while let held = take() {
            group.addTask { await self.deliver(held) }
        }
        let isPollDue = state.withLock { state in
            guard let due = state.poll.due, due <= .now else { return false }
            state.poll.begin(at: .now)
            return true
        }
        if isPollDue { group.addTask { await self.poll() } }
    }

    private func take() -> HeldDelivery? {
        state.withLock { $0.recording < Self.recordingAtMost ? $0.sendQueue.next() : nil }
    }

    /// Takes deliveries in.
    ///
    /// - Returns: the claims of those that are too many.
    private func accept(_ held: [HeldDelivery]) -> [Claim] {
        state.withLock { state in held.filter { !state.sendQueue.add($0) }.map(\.claimed.claim) }
    }

    private func poll() async {
        await giveBackAbandoned()
        var found: Int? = 0
        var failure: (any Error)?
        // Counted from before the question: the claim is at least that young.
        let began = ContinuousClock.now
        if lastBeat.isFresh(at: began) {
            do {
                let claimed = try await store.claim(
                    by: worker,
                    at: now(),
                    limit: Self.claimsAtMost,
                    // Twice what is sent at once, so that the next is at hand when one ends.
                    perOrigin: limits.sendingPerOrigin * 2,
                    busy: state.withLock { $0.sendQueue.held }
                )
                found = claimed.count
                await release(accept(claimed.map { HeldDelivery(claimed: $0, since: began) }))
            } catch {
                found = nil
                failure = error
            }
        }
        let isNews = state.withLock { $0.poll.end(found: found) }
        if isNews, let failure {
            logger.error("could not ask for deliveries that are due", metadata: ["error": "\(failure)"])
        }
        wakeSignal.ring()
    }

    /// Notes that a request has ended, and whether it was answered; nil where it was not sent, or its end is unknown.
    ///
    /// One that ended has an outcome to write down, until ``finishRecording()``.
    func finish(_ held: HeldDelivery, isAnswered: Bool?) {
        state.withLock { state in
            state.sendQueue.finish(held, isAnswered: isAnswered)
            state.poll.noteRoom()
            if isAnswered != nil { state.recording += 1 }
        }
        wakeSignal.ring()
    }

    func finishRecording() {
        state.withLock { $0.recording -= 1 }
        wakeSignal.ring()
    }

    func abandon(_ held: HeldDelivery) {
        state.withLock { $0.abandoned.append(held.claimed.claim) }
    }

    private func waitForWhatIsUnderWay() async {
        let end = ContinuousClock.now + grace
        while !state.withLock({ $0.isIdle }), !Task.isCancelled, .now < end {
            await wakeSignal.wait(atMost: ContinuousClock.now.duration(to: end))
        }
    }

    private func giveBackUnsent() async {
        let left = inbox.takeAll().map(\.claim) + state.withLock { $0.sendQueue.removeAll().map(\.claimed.claim) }
        state.withLock { $0.abandoned += left }
        await giveBackAbandoned()
    }

    private func giveBackAbandoned() async {
        let claims = state.withLock { state in
            defer { state.abandoned = [] }
            return state.abandoned
        }
        await release(claims)
    }

    private func release(_ claims: [Claim]) async {
        guard !claims.isEmpty else { return }
        do {
            try await store.release(claims)
        } catch {
            // Tried again with the next poll; and they are free when this process is buried.
            state.withLock { $0.abandoned += claims }
            logger.warning(
                "could not give deliveries back",
                metadata: ["count": .stringConvertible(claims.count), "error": "\(error)"]
            )
        }
    }
}
