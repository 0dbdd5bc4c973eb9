import FlowCore
import FlowStore
import FlowStoreSQLite
import FlowTesting
import Foundation
import Testing

extension ReliabilityTests {
    @Test("a conversation ends with the same ledger, wherever flowd dies on the way", arguments: Scenario.all)
    func everyFailpoint(_ scenario: Scenario) async throws {
        let (expected, passed, _) = try await Rehearsal(scenario, on: MemoryStore(), dyingAt: nil).play()
        #expect(expected.balances)
        #expect(!expected.reports.isEmpty && !expected.reports.contains { $0.state == .pending })
        #expect(passed[.beforeTurn, default: 0] >= scenario.acts.count - 1)
        for point in Failpoint.allCases {
            for pass in 1...max(1, passed[point, default: 0]) {
                let memory = try await Rehearsal(scenario, on: MemoryStore(), dyingAt: (point, pass)).play()
                #expect(memory.ledger == expected, "died at \(point) \(pass)")
                #expect(memory.starts == 2, "did not die at \(point) \(pass)")
                let file = try await onFile { try await Rehearsal(scenario, on: $0, dyingAt: (point, pass)).play() }
                #expect(file.ledger == expected, "died at \(point) \(pass), on a file")
            }
        }
    }

    private func onFile<Value: Sendable>(_ body: (SQLiteStore) async throws -> Value) async throws -> Value {
        let folder = NSTemporaryDirectory() + "/flowd-failpoints-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try await SQLiteStore(path: folder + "/flowd.db", patience: .seconds(60))
        do {
            let value = try await body(store)
            try await store.close()
            return value
        } catch {
            try? await store.close()
            throw error
        }
    }
}
