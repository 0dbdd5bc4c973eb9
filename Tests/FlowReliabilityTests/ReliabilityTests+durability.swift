import FlowStore
import Testing

extension ReliabilityTests {
    @Test(
        "of a conversation no turn but the answer with the first dial may be given before it is on the disk",
        arguments: Scenario.all
    )
    func deferral(_ scenario: Scenario) async throws {
        let rehearsal = try Rehearsal(scenario, on: MemoryStore(), dyingAt: nil)
        _ = try await rehearsal.play()
        // After a lookup the dial holds what nobody could ask again; a message has no dial.
        // An event may come before the dial's action, which alone would bring the run back.
        let beginsWithDial = !["lookup", "message", "recorded"].contains(scenario.flow)
        #expect(await rehearsal.deferred == (beginsWithDial ? 1 : 0))
    }
}
