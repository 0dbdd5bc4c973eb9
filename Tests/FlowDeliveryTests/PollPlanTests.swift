import Testing

@testable import FlowDelivery

@Suite("A plan of polls")
struct PollPlanTests {
    private let start = ContinuousClock.now

    private func pause(_ plan: PollPlan) -> Duration? { plan.due.map { start.duration(to: $0) } }

    @Test("asks every second while there is nothing")
    func idle() {
        var plan = PollPlan()
        plan.begin(at: start)
        #expect(plan.due == nil)
        plan.end(found: 0)
        plan.noteRoom()
        #expect(pause(plan) == .seconds(1))
    }

    @Test("asks again at once while it finds, and something has ended")
    func busy() {
        var plan = PollPlan()
        plan.begin(at: start)
        plan.end(found: 32)
        #expect(pause(plan) == .seconds(1))
        plan.noteRoom()
        #expect(pause(plan) == .milliseconds(50))
        plan.begin(at: start + .milliseconds(50))
        plan.end(found: 0)
        plan.noteRoom()
        #expect(pause(plan) == .milliseconds(100))
        plan.begin(at: start + .seconds(3))
        plan.end(found: 0)
        plan.noteRoom()
        #expect(pause(plan) == .seconds(4))
    }
}
