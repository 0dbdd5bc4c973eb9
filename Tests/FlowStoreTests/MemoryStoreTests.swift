import FlowStore
import FlowTesting
import Testing

@Suite
struct MemoryStoreTests {
    @Test(arguments: StoreSuite.checks)
    func `a store in memory does what every store does`(_ check: StoreCheck) async throws {
        let watch = WatchLog()
        try await check.run(MemoryStore(watch: watch), watch)
    }
}
