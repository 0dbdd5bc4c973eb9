import FlowCore
import FlowHost
import FlowStore
import Synchronization

/// Carries requests on a stage to whoever answers them there, and moves the clock by what that takes.
///
/// The request that Plivo waits for comes without its node's name; it stands in the run that waits for it.
final class StageCourier: Courier {
    private let store: any Store
    private let flow: Flow
    private let call: RunID
    private let clock: StageClock
    private let answerer: any Answerer
    private let record: @Sendable (Moment) -> Void

    init(
        store: any Store,
        flow: Flow,
        call: RunID,
        clock: StageClock,
        answerer: any Answerer,
        record: @escaping @Sendable (Moment) -> Void
    ) {
        self.store = store
        self.flow = flow
        self.call = call
        self.clock = clock
        self.answerer = answerer
        self.record = record
    }

    func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply {
        let runs = (try? await store.record(of: call))?.runs ?? []
        for run in runs {
            guard let pending = run.wait?.request, DeliveryID(pending.key) == id else { continue }
            return await carry(pending.key, request, attempt: 1, isOnCallPath: true).reply
        }
        return CourierReply(RequestResult(error: "nobody waits for this request"))
    }

    /// - Returns: the answer, and what follows where the ladder is not asked.
    func carry(
        _ key: EffectKey,
        _ request: OutboundRequest,
        attempt: Int,
        isOnCallPath: Bool
    ) async -> (reply: CourierReply, next: Delivery.Next?) {
        let node = flow.nodes.indices.contains(key.node) ? flow.nodes[key.node].name : ""
        let made = RequestMade(key: key, node: node, attempt: attempt, isOnCallPath: isOnCallPath, request: request)
        let at = clock.now
        let answer = await answerer.answer(made)
        record(Moment(at: at, kind: .request(made, answer)))
        let (reply, seconds) = answer.reply(to: request)
        clock.advance(seconds: seconds)
        if let cameAt = answer.cameAt { clock.advance(to: cameAt) }
        return (reply, answer.next)
    }
}
