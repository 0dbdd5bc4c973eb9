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
        /// The elements that Plivo was told, the latest of each name: it may report of one when the call has gone on.
        var told: [String: Told] = [:]
        /// Deliveries that are held and not sent.
        var held: [ClaimedDelivery] = []
    }

    /// An element, and which of the awaited ones it came with.
    struct Told: Sendable {
        var element: XMLElement
        var number: Int
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

    /// The side runs that events of the call's run began, and those that events of these began, in their order.
    package func sideRuns() async throws -> [Run] {
        var found: [Run] = []
        var open = try await run()?.sideRuns ?? []
        while let next = open.first {
            open.removeFirst()
            guard let run = try await store.record(of: next)?.runs.last else { continue }
            found.append(run)
            open += run.sideRuns
        }
        return found
    }

    /// All deliveries of the call and of its side runs.
    package func deliveries() async throws -> [Delivery] {
        var found = try await store.deliveries(of: call)
        for run in try await sideRuns() { found += try await store.deliveries(of: run.id) }
        return found
    }

    /// The runs that have a part in the call.
    func allRuns() async throws -> [Run] {
        try await (store.record(of: call)?.runs ?? []) + sideRuns()
    }
}

/// Moments in their order.
final class MomentList: Sendable {
    private let list = Mutex<[Moment]>([])

    func append(_ moment: Moment) { list.withLock { $0.append(moment) } }
    var all: [Moment] { list.withLock { $0 } }
}
