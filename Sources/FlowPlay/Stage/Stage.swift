package import FlowCore
import FlowHost
package import FlowStore
import FlowWeb
import Logging
import Plivo
import Synchronization

/// A place where one call is played: flowd's own host, a store in memory, a clock that stands still, and a stand-in for
/// Plivo's cloud that knows the last answer.
package final class Stage: Sendable {
    struct Cloud: Sendable {
        /// What was sent last, to be sent again.
        var last: (label: String, arrival: Arrival)?
        var lastAnswer: [UInt8] = []
        /// The element that Plivo was told last and that has not ended.
        var element: XMLElement?
        /// Such elements so far.
        var elements = 0
        /// Deliveries that are held and not sent.
        var held: [ClaimedDelivery] = []
    }

    package let played: PlayedFlow
    package let call: RunID
    package let parameters: Parameters
    package let clock: StageClock
    package let store: any Store
    let host: Host
    let courier: StageCourier
    let inbox = DeliveryInbox()
    let ladder: Ladder
    let answers: AnswerXML
    let addresses: WebhookAddresses
    let cloud: Mutex<Cloud>
    let moments: MomentList
    static let worker = WorkerID(1)

    /// - Parameters:
    ///   - parameters: what Plivo sends as the call or message begins.
    ///   - store: an empty one.
    package init(
        _ played: PlayedFlow,
        call: RunID,
        parameters: Parameters,
        answerer: any Answerer,
        store: any Store = MemoryStore(),
        ladder: Ladder = .standardWebhooks,
        clock: StageClock = StageClock()
    ) throws {
        let addresses = WebhookAddresses(
            publicURL: try PublicURL("http://127.0.0.1:8080"),
            key: Array("flows are played with this key!!".utf8)
        )
        let answers = AnswerXML(addresses: addresses)
        self.played = played
        self.call = call
        self.parameters = parameters
        self.clock = clock
        self.store = store
        self.ladder = ladder
        self.answers = answers
        self.addresses = addresses
        cloud = Mutex(Cloud())
        let moments = MomentList()
        self.moments = moments
        courier = StageCourier(
            store: store,
            flow: played.flow,
            call: call,
            clock: clock,
            answerer: answerer
        ) { moments.append($0) }
        host = Host(
            flows: FlowSet.make([played.flow]).set,
            store: store,
            courier: courier,
            inbox: inbox,
            worker: Self.worker,
            render: { reply in
                do throws(Refusal) { return try answers.bytes(reply) } catch { return nil }
            },
            now: { clock.now },
            logger: Logger(label: "flowd.play") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Makes the flow's version known to the store.
    package func open() async throws {
        try await store.save(played.version)
        try await store.beat(Self.worker, at: clock.now)
    }

    package var history: [Moment] { moments.all }

    /// What Plivo was told last.
    package var lastAnswer: [UInt8] { cloud.withLock { $0.lastAnswer } }

    /// The run of the call, where one began.
    package func run() async throws -> Run? { try await store.record(of: call)?.runs.last }
}

/// Moments in their order.
final class MomentList: Sendable {
    private let list = Mutex<[Moment]>([])

    func append(_ moment: Moment) { list.withLock { $0.append(moment) } }
    var all: [Moment] { list.withLock { $0 } }
}
