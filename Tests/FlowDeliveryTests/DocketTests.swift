import FlowCore
import FlowStore
import Testing

@testable import FlowDelivery

@Suite("A docket")
struct DocketTests {
    private func held(_ number: Int, to origin: String, due: Int64 = 0) -> Held {
        let delivery = Sample.delivery(number, to: origin, dueAt: Timestamp(milliseconds: due))
        let claim = Claim.first(of: delivery.id, by: WorkerID(1))
        return Held(claimed: ClaimedDelivery(delivery, claim: claim), since: .now)
    }

    @Test("gives out what is due first, whatever its origin and the order it came in")
    func order() {
        var docket = Docket()
        for (number, due) in [30, 10, 20, 5, 10].enumerated() {
            #expect(docket.add(held(number, to: number % 2 == 0 ? "http://a" : "http://b", due: Int64(due))))
        }
        var dues: [Int64] = []
        while let next = docket.next() { dues.append(next.delivery.dueAt.milliseconds) }
        #expect(dues == [5, 10, 10, 20, 30])
        #expect(docket.held == ["http://a": 3, "http://b": 2])
    }

    @Test("sends 16 at once to one origin, and the next when one has ended")
    func cap() throws {
        var docket = Docket()
        for number in 0..<20 { #expect(docket.add(held(number, to: "http://a"))) }
        var sent: [Held] = []
        while let next = docket.next() { sent.append(next) }
        #expect(sent.count == 16)
        docket.finish(try #require(sent.first))
        #expect(docket.next() != nil)
        #expect(docket.next() == nil)
        #expect(docket.held == ["http://a": 19])
    }

    @Test("always has room for an origin that has nothing under way", arguments: [15, 16, 17, 40, 100, 200])
    func room(hanging: Int) {
        var docket = Docket()
        for origin in 0..<hanging {
            for number in 0..<20 { #expect(docket.add(held(origin * 20 + number, to: "http://hang\(origin)"))) }
        }
        while docket.next() != nil {}
        #expect(docket.sendingInAll < 256)
        #expect(docket.add(held(99_999, to: "http://well")))
        #expect(docket.next()?.delivery.request.origin == "http://well")
    }

    @Test("takes no more in than it can hold, and leaves room for other origins")
    func surplus() {
        var docket = Docket()
        let taken = (0..<3_000).count { docket.add(held($0, to: "http://a")) }
        #expect((900...1_024).contains(taken))
        #expect(docket.add(held(9_999, to: "http://b")))
        #expect(docket.removeAll().count == taken + 1)
        #expect(docket.held == [:])
        #expect(docket.next() == nil)
    }
}
