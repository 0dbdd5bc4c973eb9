import FlowCore
import FlowDocument
import FlowFiles
import FlowStore
import FlowTesting
import Testing

@testable import FlowHost

@Suite
struct FlowShelfTests {
    private let store = MemoryStore()

    @Test func `a live version is at hand, and the store is not asked`() async throws {
        let live = try TestFlows.set(["plain"])
        let shelf = FlowShelf(live, store: try await closedStore())
        #expect(try await shelf.flow(TestFlows.version(1, of: "plain"))?.name == "plain")
        #expect(shelf.loaded(TestFlows.version(2, of: "plain")) == nil)
    }

    @Test func `a version of the store is loaded once and stays at hand`() async throws {
        let version = saved("nodes:\n  Start: {type: start, transitions: end}\n")
        try await store.save(version)
        let shelf = FlowShelf(FlowSet(), store: store)
        #expect(shelf.loaded(version.id) == nil)
        #expect(try await shelf.flow(version.id)?.version == version.id)
        try await store.close()
        #expect(try await shelf.flow(version.id)?.name == "old")
        #expect(shelf.atHand().flow(version.id)?.name == "old")
    }

    @Test(arguments: ["nodes: {}\n", "nodes: [\n", "nodes:\n  Start: {type: start, transitions: Nowhere}\n"])
    func `a version that cannot be read is none`(_ text: String) async throws {
        let version = saved(text)
        try await store.save(version)
        let shelf = FlowShelf(FlowSet(), store: store)
        #expect(try await shelf.flow(version.id) == nil)
        #expect(shelf.loaded(version.id) == nil)
    }

    @Test func `a version that the store does not have is none`() async throws {
        #expect(try await FlowShelf(FlowSet(), store: store).flow(TestFlows.version(9, of: "plain")) == nil)
    }

    @Test func `a store that does not answer is an error, and not a lost version`() async throws {
        let shelf = FlowShelf(FlowSet(), store: try await closedStore())
        await #expect(throws: StoreError.self) { _ = try await shelf.flow(TestFlows.version(9, of: "plain")) }
    }

    @Test func `another live set takes the place of the first`() throws {
        let shelf = FlowShelf(try TestFlows.set(["plain"]), store: store)
        shelf.live = try TestFlows.set(["quiet"], version: 2)
        #expect(shelf.live.flows.map(\.name) == ["quiet"])
        #expect(shelf.loaded(TestFlows.version(1, of: "plain")) == nil)
    }

    private func saved(_ text: String) -> FlowVersion {
        FlowVersion(flow: "old", file: "old.yaml", format: .yaml, source: Array(text.utf8))
    }

    private func closedStore() async throws -> MemoryStore {
        try await store.close()
        return store
    }
}
