package import FlowCore
package import FlowHost
package import FlowStore
package import Logging
import Synchronization

/// Warns when requests to an app server fail, and when they succeed again, once each.
///
/// A report fails unless it is taken. A lookup fails without an answer, or with a status from 500 on: "no such
/// customer" is an answer.
package final class WatchedCourier: Courier {
    private let courier: any Courier
    private let logger: Logger
    private let watch = Mutex(OriginWatch())

    package init(_ courier: any Courier, logger: Logger) {
        self.courier = courier
        self.logger = logger
    }

    package func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply {
        let reply = await courier.send(request, id: id, limit: limit)
        if !(300...499).contains(reply.result.statusCode) { note(reply.result, request.origin) }
        return reply
    }

    package func deliver(
        _ request: OutboundRequest,
        id: DeliveryID,
        limit: Duration,
        fence: SendFence
    ) async -> CourierReply? {
        let reply = await courier.deliver(request, id: id, limit: limit, fence: fence)
        if let reply { note(reply.result, request.origin) }
        return reply
    }

    private func note(_ result: RequestResult, _ origin: String) {
        // What was cut short by the end of this process says nothing about the app server.
        guard !Task.isCancelled else { return }
        switch watch.withLock({ $0.note(origin, isSuccess: result.isSuccess) }) {
        case .failing:
            logger.warning(
                "requests to an app server fail: reports wait and are tried again",
                metadata: ["origin": "\(origin)", "status": "\(result.statusCode)", "error": "\(result.error)"]
            )
        case .recovered(let failures, let time):
            logger.warning(
                "requests to an app server succeed again",
                metadata: [
                    "origin": "\(origin)", "failed_attempts": "\(failures)", "seconds": "\(time.components.seconds)",
                ]
            )
        case nil: break
        }
    }
}
