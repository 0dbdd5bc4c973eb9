import FlowCore
import FlowStore
import FlowStoreSQLite
import FlowTesting
import Foundation
import Testing

@Suite
struct SQLiteFailureTests {
    private func message(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "no error"
        } catch {
            return error is StoreError ? "\(error)" : "not a StoreError: \(error)"
        }
    }

    @Test
    func `a file that cannot be a store is refused with its path and what is wrong`() async throws {
        try await StoreFolder.with { folder in
            func opening(_ path: String) async -> String {
                await message { try await SQLiteStore(path: path).close() }
            }
            #expect(await opening(folder.path) == "the store \(folder.path): it is a directory")
            let lost = folder.path + "/none/flowd.db"
            #expect(await opening(lost) == "the store \(lost): its directory does not exist")
            let text = folder.path + "/notes.txt"
            try String(repeating: "no database. ", count: 999).write(toFile: text, atomically: false, encoding: .utf8)
            #expect(await opening(text) == "the store \(text): file is not a database")
            try folder.execute("CREATE TABLE other (x)")
            #expect(await opening(folder.file) == "the store \(folder.file): it is another program's database")
        }
    }

    @Test
    func `a file of a newer flowd is refused`() async throws {
        try await StoreFolder.with { folder in
            try await folder.open { _ in }
            try folder.execute("PRAGMA user_version = 99")
            let found = await SQLiteDiskTests.failure { try await folder.open { _ in } }
            let words = "the store \(folder.realFile): it has version 99 of the tables, this flowd knows 2 at most"
            #expect(found == StoreError(words, .newerSchema))
        }
    }

    @Test
    func `a new file is readable by its owner only`() async throws {
        try await StoreFolder.with { folder in
            try await folder.open { store in
                try await store.check()
                for name in ["", "-wal", "-shm"] {
                    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file + name)
                    #expect(attributes[.posixPermissions] as? Int == 0o600)
                }
            }
        }
    }

    @Test
    func `damaged rows are an error for their calls, and for no others`() async throws {
        try await StoreFolder.with { folder in
            let worker = WorkerID(1)
            try await folder.open { store in
                let call = try StoreSample.call(1)
                let born = try await store.add(1, deliveries: 2, worker: worker)
                try await store.add(2, deliveries: 1, worker: worker)
                try folder.execute("UPDATE calls SET wake = 0, state = x'01ff00' WHERE number = 1")
                try folder.execute("UPDATE deliveries SET request = randomblob(300) WHERE number = 1")
                #expect(try await store.callsDue(at: StoreSample.at(0), limit: 9) == [call])
                let turn = await SQLiteDiskTests.failure {
                    _ = try await store.turn(call, durability: .synced) { _ in RecordChange() }
                }
                let words = "the call \(call) is damaged: the bytes end too early at byte 3"
                #expect(turn == StoreError(words, .damaged(call)))
                #expect(try await store.callsDue(at: StoreSample.at(0), limit: 9) == [])
                let record = await message { _ = try await store.record(of: call) }
                #expect(record.hasPrefix("the call \(call) is damaged"))
                let delivery = await SQLiteDiskTests.failure { _ = try await store.delivery(born[0].id) }
                #expect(delivery?.kind == .damaged(call))
                #expect(delivery?.description.hasPrefix("the delivery \(born[0].id) is damaged") == true)
                // What was sent is written down all the same, or it would be sent again for ever.
                let sent = Claim.first(of: born[1].id, by: worker)
                #expect(try await store.note(.delivered, of: sent, at: 1, status: 200))
                #expect(try await store.delivery(born[1].id)?.state == .delivered)
                #expect(try await store.calls(RunQuery()).map(\.call) == [try StoreSample.call(2)])
                #expect(try await store.claim(worker, at: 9).count == 1)
                #expect(try await store.audit().differences.map(\.call) == [call])
                try await store.add(3)
            }
        }
    }
}
