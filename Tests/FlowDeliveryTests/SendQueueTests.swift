import FlowCore
import FlowStore
import Testing

@testable import FlowDelivery

@Suite("A sendQueue")
struct DocketTests {
    private func held(_ number: Int, to origin: String, due: Int64 = 0) -> HeldDelivery {
        let delivery = Sample.delivery(number, to: origin, dueAt: Timestamp(milliseconds: due))
        let claim = Claim.first(of: delivery.id, by: WorkerID(1))
        return HeldDelivery(claimed: ClaimedDelivery(delivery, claim: claim), since: .now)
    }

    private func add(_ new: HeldDelivery, to sendQueue: inout SendQueue) {
        let isTaken = sendQueue.add(new)
        #expect(isTaken)
    }

    @Test("gives out what is due first, whatever its origin and the order it came in")
    func order() {
        var sendQueue = SendQueue()
        for (number, due) in [30, 10, 20, 5, 10].enumerated() {
            add(held(number, to: number % 2 == 0 ? "http://a" : "http://b", due: Int64(due)), to: &sendQueue)
        }
        var dues: [Int64] = []
        while let next = sendQueue.next() { dues.append(next.delivery.dueAt.milliseconds) }
        #expect(dues == [5, 10, 10, 20, 30])
        #expect(sendQueue.held == ["http://a": 3, "http://b": 2])
    }

    @Test("sends 16 at once to one origin, and the next when one has ended")
    func cap() throws {
        var sendQueue = SendQueue()
        for number in 0..<20 { add(held(number, to: "http://a"), to: &sendQueue) }
        var sent: [HeldDelivery] = []
        while let next = sendQueue.next() { sent.append(next) }
        #expect(sent.count == 16)
        sendQueue.finish(try #require(sent.first), isAnswered: true)
        let next = [sendQueue.next(), sendQueue.next()]
        #expect(next.map { $0 != nil } == [true, false])
        #expect(sendQueue.held == ["http://a": 19])
    }

    @Test("always has room for an origin that has nothing under way", arguments: [1, 15, 16, 17, 40])
    func room(hanging: Int) {
        var sendQueue = SendQueue()
        for origin in 0..<hanging {
            for number in 0..<20 { add(held(origin * 20 + number, to: "http://hang\(origin)"), to: &sendQueue) }
        }
        while sendQueue.next() != nil {}
        #expect(sendQueue.sendingInAll < 256)
        add(held(99_999, to: "http://well"), to: &sendQueue)
        let next = sendQueue.next()
        #expect(next?.delivery.request.origin == "http://well")
    }

    @Test("sends one at a time to an origin that is silent, and as before once it answers")
    func silent() throws {
        var sendQueue = SendQueue()
        for number in 0..<40 { add(held(number, to: "http://a"), to: &sendQueue) }
        var sent: [HeldDelivery] = []
        while let next = sendQueue.next() { sent.append(next) }
        for held in sent { sendQueue.finish(held, isAnswered: false) }
        let one = [sendQueue.next(), sendQueue.next()].compactMap { $0 }
        #expect(one.count == 1)
        sendQueue.finish(try #require(one.first), isAnswered: nil)
        let again = [sendQueue.next(), sendQueue.next()].compactMap { $0 }
        #expect(again.count == 1)
        sendQueue.finish(try #require(again.first), isAnswered: true)
        var count = 0
        while sendQueue.next() != nil { count += 1 }
        #expect(count == 16)
    }

    @Test("keeps half of all for origins that answer, however many are silent")
    func manySilent() {
        var sendQueue = SendQueue()
        for number in 0..<1_000 { add(held(number, to: "http://hang\(number % 300)"), to: &sendQueue) }
        // Each is found out once.
        for _ in 0..<1_000 {
            guard let next = sendQueue.next() else { break }
            sendQueue.finish(next, isAnswered: false)
        }
        for number in 1_000..<2_000 { add(held(number, to: "http://hang\(number % 300)"), to: &sendQueue) }
        while sendQueue.next() != nil {}
        #expect(sendQueue.sendingInAll == 128)
        for number in 2_000..<2_020 { add(held(number, to: "http://well"), to: &sendQueue) }
        while sendQueue.next() != nil {}
        // An eighth of what is then free.
        #expect(sendQueue.sending["http://well"] == 14)
    }

    @Test("takes no more in than it can hold, and leaves room for other origins")
    func surplus() {
        var sendQueue = SendQueue()
        let taken = (0..<3_000).count { sendQueue.add(held($0, to: "http://a")) }
        #expect((900...1_024).contains(taken))
        add(held(9_999, to: "http://b"), to: &sendQueue)
        let all = sendQueue.removeAll()
        #expect(all.count == taken + 1)
        #expect(sendQueue.held == [:])
    }
}
