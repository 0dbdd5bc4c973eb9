import FlowCore
import FlowStore
import FlowTesting
import Testing

@Suite struct SettleTests {
    private let ladder = Ladder(steps: [5, 300])

    private func delivery(attempts: Int = 0, retriedFrom: Int = 0, maximum: Int? = nil) throws -> Delivery {
        let key = EffectKey(
            run: try StoreSample.call(1),
            flow: "plain",
            version: VersionID(digest: []),
            node: 2,
            visit: 0
        )
        let order = Order(key: key, request: StoreSample.request(), attempts: maximum)
        var delivery = Delivery(order: order, createdAt: StoreSample.at(0))
        let attempt = Delivery.Attempt(at: StoreSample.at(0), statusCode: 500, error: "status 500")
        delivery.attempts = Array(repeating: attempt, count: attempts)
        delivery.retriedFrom = retriedFrom
        return delivery
    }

    private func settle(
        _ delivery: Delivery,
        _ result: RequestResult,
        retryAfter: Int? = nil
    ) -> (attempt: Delivery.Attempt, next: Delivery.Next) {
        Delivery.Attempt.settle(
            delivery,
            result,
            retryAfter: retryAfter,
            ladder: ladder,
            began: StoreSample.at(10),
            ended: StoreSample.at(12),
            jitter: 0
        )
    }

    @Test(
        arguments: [
            (RequestResult(statusCode: 200), "", .delivered), (RequestResult(statusCode: 299), "", .delivered),
            (RequestResult(statusCode: 500), "status 500", .retry(at: StoreSample.at(17))),
            (RequestResult(statusCode: 302), "status 302: redirects are not followed", .retry(at: StoreSample.at(17))),
            (RequestResult(statusCode: 410), "status 410: gone for good", .dead),
            (RequestResult(error: "connection refused"), "connection refused", .retry(at: StoreSample.at(17))),
            (RequestResult(), "no answer", .retry(at: StoreSample.at(17))),
        ] as [(RequestResult, String, Delivery.Next)]
    )
    func `the status decides what follows the first attempt`(
        result: RequestResult,
        words: String,
        next: Delivery.Next
    ) throws {
        let settled = settle(try delivery(), result)
        let attempt = Delivery.Attempt(at: StoreSample.at(10), statusCode: result.statusCode, error: words)
        #expect(settled.attempt == attempt)
        #expect(settled.next == next)
    }

    @Test(
        arguments: [
            (1, 0, nil, .retry(at: StoreSample.at(312))), (2, 0, nil, .dead), (0, 0, 1, .dead),
            (1, 0, 3, .retry(at: StoreSample.at(312))), (2, 2, nil, .retry(at: StoreSample.at(17))), (3, 2, 2, .dead),
        ] as [(Int, Int, Int?, Delivery.Next)]
    )
    func `attempts count from when the delivery was last sent by hand`(
        attempts: Int,
        retriedFrom: Int,
        maximum: Int?,
        next: Delivery.Next
    ) throws {
        let delivery = try delivery(attempts: attempts, retriedFrom: retriedFrom, maximum: maximum)
        #expect(delivery.nextAttempt == attempts - retriedFrom + 1)
        #expect(settle(delivery, RequestResult(statusCode: 503)).next == next)
    }

    @Test func `an app server may ask for twice the wait`() throws {
        let result = RequestResult(statusCode: 503)
        #expect(settle(try delivery(), result, retryAfter: 8).next == .retry(at: StoreSample.at(20)))
        #expect(settle(try delivery(), result, retryAfter: 60).next == .retry(at: StoreSample.at(22)))
    }
}
