import FlowCore
import FlowStore
import FlowStoreSQLite
import FlowTesting
import Foundation
import Testing

/// Sensitive texts in the files of a store: there while they are needed, and in no byte of them afterwards.
@Suite
struct SQLiteVaultTests {
    /// Calls that are enough for pages to be split, and rows to be moved from page to page.
    private static let calls = 300

    private static func secret(_ number: Int) -> String { "secret-\(number)-of-a-caller" }

    private static func record(_ number: Int, entries: Int = 1, status: Run.Status = .running) throws -> RunRecord {
        var run = try StoreSample.run(of: try StoreSample.call(number), at: number, status: status)
        for entry in 0..<entries { _ = run.vault.add(secret(number), turn: entry) }
        run.direction = String(repeating: "x", count: number % 7 * 200)
        return StoreSample.record(run)
    }

    private static func write(_ record: RunRecord, to store: SQLiteStore) async throws {
        _ = try await store.turn(record.call, durability: .synced) { _ in RecordChange(record: record) }
    }

    /// The store's files that hold any such text.
    private static func files(with text: String, in folder: StoreFolder) -> [String] {
        ["", "-wal", "-shm"].filter { suffix in
            let bytes = FileManager.default.contents(atPath: folder.file + suffix) ?? Data()
            return bytes.firstRange(of: Data(text.utf8)) != nil
        }
    }

    private static func open(_ folder: StoreFolder, _ body: (SQLiteStore) async throws -> Void) async throws {
        var limits = LogLimits()
        limits.emptyAfter = 0.01
        let store = try await SQLiteStore(path: folder.file, log: limits, patience: .seconds(60))
        do {
            try await body(store)
            try await store.close()
        } catch {
            try? await store.close()
            throw error
        }
    }

    @Test
    func `texts are kept apart from their record, and come back with it`() async throws {
        try await StoreFolder.with { folder in
            let record = try Self.record(1, entries: 3)
            try await Self.open(folder) { store in
                try await Self.write(record, to: store)
                #expect(try await store.record(of: record.call) == record)
                // A list has no use for them.
                #expect(try await store.calls(RunQuery()).map(\.runs[0].vault) == [Vault()])
            }
            try await Self.open(folder) { store in
                #expect(try await store.record(of: record.call) == record)
                _ = try await store.turn(record.call, durability: .synced) { before in
                    #expect(before == record)
                    return RecordChange()
                }
            }
        }
    }

    @Test
    func `no file has a byte of them once their runs are over, however rows have moved`() async throws {
        try await StoreFolder.with { folder in
            try await Self.open(folder) { store in
                for number in 1...Self.calls { try await Self.write(try Self.record(number), to: store) }
                for number in stride(from: Self.calls, through: 1, by: -1) {
                    try await Self.write(try Self.record(number, entries: 1 + number % 400), to: store)
                }
                #expect(Self.files(with: "secret-", in: folder) != [])
                for number in 1...Self.calls {
                    try await Self.write(try Self.record(number, entries: 0, status: .finished), to: store)
                }
                try await eventually("the log is emptied") { Self.files(with: "secret-", in: folder) == [] }
                #expect(
                    try await store.record(of: try StoreSample.call(7)) == Self.record(7, entries: 0, status: .finished)
                )
            }
            #expect(Self.files(with: "secret-", in: folder) == [])
        }
    }

    @Test
    func `a log that somebody reads is emptied when he is done`() async throws {
        try await StoreFolder.with { folder in
            try await Self.open(folder) { store in
                try await Self.write(try Self.record(1), to: store)
                let reader = try Intruder(folder.file)
                try reader.execute("BEGIN; SELECT count(*) FROM calls")
                try await Self.write(try Self.record(1, entries: 0, status: .finished), to: store)
                try await Self.write(try Self.record(2), to: store)
                #expect(Self.files(with: Self.secret(1), in: folder) != [])
                try reader.execute("COMMIT")
                try await eventually("the log is emptied") { Self.files(with: Self.secret(1), in: folder) == [] }
                #expect(try await store.record(of: try StoreSample.call(2))?.runs[0].vault.isEmpty == false)
            }
        }
    }

    @Test
    func `a call that is removed takes them along`() async throws {
        try await StoreFolder.with { folder in
            try await Self.open(folder) { store in
                var record = try Self.record(1)
                record.runs[0].giveUp(Note(.givenUp), at: StoreSample.at(1))
                // A run of another flowd, which keeps them too long.
                _ = record.runs[0].vault.add(Self.secret(1), turn: 0)
                try await Self.write(record, to: store)
                #expect(try await store.prune(before: StoreSample.at(1_000), batch: 10) == 1)
                try await eventually("the log is emptied") { Self.files(with: "secret-", in: folder) == [] }
            }
        }
    }
}
