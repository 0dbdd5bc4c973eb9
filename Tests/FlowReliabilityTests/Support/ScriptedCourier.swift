import FlowCore
import FlowHost
import FlowStore
import Synchronization

/// An app server by script: each path has its answers, one after the other, the last for ever.
final class ScriptedCourier: Courier {
    private let answers: [String: [Int]]
    private let kept = Mutex<[(target: String, id: DeliveryID)]>([])

    /// - Parameter answers: statuses by path; 200 where there is no script.
    init(_ answers: [String: [Int]] = [:]) {
        self.answers = answers
    }

    /// Every id under which something came.
    var ids: Set<DeliveryID> { kept.withLock { Set($0.map(\.id)) } }
    var count: Int { kept.withLock { $0.count } }

    func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply {
        let target = request.target.resolved { _ in nil }
        let earlier = kept.withLock { kept in
            defer { kept.append((target, id)) }
            return kept.count { $0.id == id }
        }
        let script = answers.first { target.hasPrefix($0.key) }?.value ?? [200]
        return CourierReply(RequestResult(statusCode: script[min(earlier, script.count - 1)]))
    }
}
