import FlowStore
import FlowTesting
import Testing

@Suite("The store in memory")
struct MemoryStoreTests {
    @Test("does what every store does", arguments: StoreSuite.checks)
    func suite(_ check: StoreCheck) async throws {
        let watch = WatchLog()
        try await check.run(MemoryStore(watch: watch), watch)
    }
}
