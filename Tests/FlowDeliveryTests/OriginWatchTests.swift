import FlowCore
import FlowHost
import Logging
import Synchronization
import Testing

@testable import FlowDelivery

@Suite struct OriginWatchTests {
    private let start = ContinuousClock.now

    @Test func `the first failure and the recovery are news, once each, of each origin`() {
        var watch = OriginWatch()
        var news: [OriginWatch.News?] = []
        for (origin, isSuccess) in [
            ("a", true), ("a", false), ("b", false), ("a", false), ("b", true), ("b", true), ("a", true),
        ] {
            news.append(watch.note(origin, isSuccess: isSuccess, at: start + .seconds(news.count)))
        }
        #expect(
            news == [
                nil, .failing, .failing, nil, .recovered(failures: 1, after: .seconds(2)), nil,
                .recovered(failures: 2, after: .seconds(5)),
            ]
        )
    }

    @Test func `one that fails half of the time is told of once in 10 s`() {
        var watch = OriginWatch()
        var told: [Int] = []
        for second in 0..<40 where watch.note("a", isSuccess: second % 2 == 1, at: start + .seconds(second)) != nil {
            told.append(second)
        }
        #expect(told == [0, 1, 12, 13, 24, 25, 36, 37])
    }

    @Test func `one that goes down for good in the quiet time is told of afterwards`() {
        var watch = OriginWatch()
        _ = watch.note("a", isSuccess: false, at: start)
        _ = watch.note("a", isSuccess: true, at: start + .seconds(1))
        #expect(watch.note("a", isSuccess: false, at: start + .seconds(2)) == nil)
        #expect(watch.note("a", isSuccess: false, at: start + .seconds(10)) == nil)
        #expect(watch.note("a", isSuccess: false, at: start + .seconds(11)) == .failing)
        let recovered = watch.note("a", isSuccess: true, at: start + .seconds(12))
        #expect(recovered == .recovered(failures: 3, after: .seconds(10)))
    }

    @Test func `the one that was not heard of for longest is forgotten where there are too many`() {
        var watch = OriginWatch(capacity: 2)
        for (second, origin) in ["a", "b", "a", "c"].enumerated() {
            _ = watch.note(origin, isSuccess: false, at: start + .seconds(second))
        }
        #expect(watch.note("a", isSuccess: false, at: start + .seconds(5)) == nil)
        #expect(watch.note("b", isSuccess: true, at: start + .seconds(6)) == nil)
        #expect(watch.note("b", isSuccess: false, at: start + .seconds(7)) == .failing)
    }

    @Test func `a warning names the origin and the reason, for lookups and reports`() async {
        let lines = Mutex<[String]>([])
        let logger = Logger(label: "test") { _ in LineLog { line in lines.withLock { $0.append(line) } } }
        let answers = Mutex([
            RequestResult(statusCode: 404), RequestResult(error: "connection refused"), RequestResult(statusCode: 404),
            RequestResult(statusCode: 404), RequestResult(statusCode: 200),
        ])
        let courier = WatchedCourier(
            StandInCourier { _ in CourierReply(answers.withLock { $0.removeFirst() }) },
            logger: logger
        )
        let request = Sample.request("http://app.test")
        for isReport in [false, false, false, true, true] {
            if isReport {
                _ = await courier.deliver(request, id: Sample.id, limit: .seconds(1), fence: .open)
            } else {
                _ = await courier.send(request, id: Sample.id, limit: .seconds(1))
            }
        }
        #expect(
            lines.withLock { $0 } == [
                """
                warning requests to an app server fail: reports wait and are tried again \
                error=connection refused origin=http://app.test status=0
                """,
                "warning requests to an app server succeed again failed_attempts=2 origin=http://app.test seconds=0",
            ]
        )
    }
}
