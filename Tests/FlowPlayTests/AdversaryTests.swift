import FlowCore
import FlowPlay
import Testing

/// The books are compared, not only read.
struct AdversaryTests {
    @Test("a ledger tells deliveries, path and outcome apart")
    func ledger() async throws {
        let played = try flow(forwardAndReport)
        let player = Player(played)
        func ledger(_ dial: String, _ answer: String) async throws -> Ledger {
            let text = "cases:\n  - name: x\n    steps: [{dial: \(dial)}]\n    requests: {Report: \(answer)}\n"
            return Ledger(await player.play(try onlyCase(text, of: played)), in: played.flow)
        }
        let busy = try await ledger("busy", "200")
        #expect(try await ledger("busy", "200") == busy)
        #expect(try await ledger("failed", "200") != busy)
        #expect(try await ledger("busy", "410").deliveries != busy.deliveries)
        #expect(busy.deliveries.count == 1)
    }

    @Test("a hangup may come before the dial's action, and twice")
    func swapped() async throws {
        let played = try flow(forwardAndReport)
        let player = Player(played)
        let text =
            "cases:\n  - name: x\n    steps: [{dial: completed}, {hangup: completed}]\n    requests: {Report: 200}\n"
        let baseline = await player.play(try onlyCase(text, of: played))
        #expect(await Adversary(player: player, baseline: baseline).failures() == [])
    }
}
