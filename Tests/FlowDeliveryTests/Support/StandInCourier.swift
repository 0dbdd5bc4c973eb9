import FlowCore
import FlowHost
import FlowStore
import Synchronization

/// A courier that answers as its closure says, and keeps which deliveries it was given.
final class StandInCourier: Courier {
    typealias Behavior = @Sendable (OutboundRequest) async -> CourierReply

    private let behavior: Behavior
    private let kept = Mutex<[DeliveryID]>([])
    private let peaks = Mutex<[String: (now: Int, most: Int)]>([:])

    init(_ behavior: @escaping Behavior) {
        self.behavior = behavior
    }

    var sent: [DeliveryID] { kept.withLock { $0 } }
    /// The most requests that were under way to an origin at once.
    func peak(_ origin: String) -> Int { peaks.withLock { $0[origin]?.most ?? 0 } }

    func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply {
        kept.withLock { $0.append(id) }
        peaks.withLock { peaks in
            let now = (peaks[request.origin]?.now ?? 0) + 1
            peaks[request.origin] = (now, max(now, peaks[request.origin]?.most ?? 0))
        }
        defer { peaks.withLock { $0[request.origin]?.now -= 1 } }
        return await behavior(request)
    }

    static let success = CourierReply(RequestResult(statusCode: 200))

    /// Hangs until it is cancelled.
    static func hang() async -> CourierReply {
        try? await Task.sleep(for: .seconds(600))
        return CourierReply(RequestResult(error: "flowd is stopping"))
    }
}
