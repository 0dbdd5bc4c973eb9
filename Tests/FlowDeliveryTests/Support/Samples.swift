import FlowCore
import FlowDelivery
import FlowHost
import FlowStore
import Foundation

/// The wall clock.
@Sendable func wallClock() -> Timestamp {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
}

enum Sample {
    static func key(_ number: Int = 0) -> EffectKey {
        guard let call = RunID(.call, "a8b1c2d3-0000-4000-8000-\(String(100_000_000_000 + number))"),
            let version = VersionID("0123456789abcdef")
        else { preconditionFailure("a sample is well-formed") }
        return EffectKey(run: call, flow: "dial-status", version: version, node: 2, visit: 0)
    }

    static let id = DeliveryID("msg_sample")

    static func request(
        _ origin: String,
        _ target: String = "/report",
        method: String = "POST",
        body: String = "DialStatus=completed",
        headers: [(String, String)] = [("Content-Type", "application/x-www-form-urlencoded")],
        timeout: Int = 5
    ) -> OutboundRequest {
        var request = OutboundRequest(method: method, origin: origin, target: SecretText(target), timeout: timeout)
        request.body = SecretText(body)
        request.headers = headers.map { OutboundRequest.Header($0.0, SecretText($0.1)) }
        return request
    }

    /// A delivery that is due.
    static func delivery(
        _ number: Int = 0,
        to origin: String = "http://app.test",
        attempts: Int? = nil,
        dueAt: Timestamp = wallClock(),
        timeout: Int = 5
    ) -> Delivery {
        let order = Order(key: key(number), request: request(origin, timeout: timeout), attempts: attempts)
        return Delivery(order: order, createdAt: dueAt)
    }

    static func secret(_ name: String, in escaping: Escaping = .plain) -> SecretText {
        var text = SecretText()
        text.append(.secret(name: name, filters: [], escaping: escaping))
        return text
    }
}

extension SendFence {
    static let open = SendFence(isKnownOpen: { true }, ask: { true })
}
