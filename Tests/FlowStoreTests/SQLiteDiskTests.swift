import FlowCore
import FlowStore
import FlowStoreSQLite
import FlowTesting
import Foundation
import Testing

/// Each test has a process of its own: what is done to the disk is done to all of a process.
@Suite
struct SQLiteDiskTests {
    @Test
    func `a store that somebody else holds fails everybody, and is back at once`() async throws {
        try await StoreFolder.with { folder in
            try await folder.open { store in
                let intruder = try Intruder(folder.file)
                try intruder.execute("BEGIN IMMEDIATE")
                await withTaskGroup { group in
                    for number in 1...20 {
                        group.addTask {
                            try? await Task.sleep(for: .milliseconds(number * 20))
                            let kind = await Self.failure { try await store.add(number) }?.kind
                            // On a busy machine the caller's second may be over first.
                            #expect(kind == .busy || kind == .unavailable)
                        }
                    }
                }
                let probe = await Self.failure { try await store.check() }
                #expect(probe?.kind == .busy)
                try intruder.execute("ROLLBACK")
                try await store.add(1)
            }
        }
    }

    @Test
    func `a full file fails with SQLite's words, and takes turns again when it may grow`() async {
        await #expect(processExitsWith: .success) {
            try await StoreFolder.with { folder in
                try await folder.open { store in
                    try await store.add(1)
                    FileLimit.set(100_000)
                    var failures: Set<StoreError> = []
                    for number in 2...200 {
                        if let failure = await Self.failure({ try await store.add(number) }) {
                            failures.insert(failure)
                        }
                    }
                    FileLimit.set(nil)
                    let words = ["disk I/O error: file too large", "database or disk is full"]
                    #expect(!failures.isEmpty)
                    #expect(failures.isSubset(of: words.map { StoreError("the store \(folder.file): \($0)", .full) }))
                    try await store.add(1_000)
                    try await store.check()
                    #expect(try await store.record(of: try StoreSample.call(1)) != nil)
                    #expect(try await store.record(of: try StoreSample.call(1_000)) != nil)
                }
            }
        }
    }

    /// What the system says, and what kind of failure it is.
    private static let failures: [(code: Int32, kind: StoreError.Kind, words: String)] = [
        (ENOSPC, .full, "database or disk is full"),
        (EDQUOT, .full, "disk I/O error: disk quota exceeded"),
        (EFBIG, .full, "disk I/O error: file too large"),
        (EROFS, .readOnly, "disk I/O error: read-only file system"),
        (EIO, .unavailable, "disk I/O error: input/output error"),
    ]

    @Test
    func `while writes fail nothing is promised, and no commit that writes nothing ends that`() async {
        await #expect(processExitsWith: .success) {
            try DiskFault.install()
            for (code, kind, words) in Self.failures {
                try await StoreFolder.with { folder in
                    try await folder.open { store in
                        try await store.add(1)
                        let before = store.commits
                        DiskFault.fail(code)
                        let failure = StoreError("the store \(folder.file): \(words)", kind)
                        let probe = await Self.failure { try await store.check() }
                        #expect(probe == failure)
                        for number in 2...4 {
                            // The same webhook again, which changes nothing, is answered.
                            try await Self.repeatTurn(1, in: store)
                            // A new call may be deferred, and is not.
                            let begun = await Self.failure { try await Self.begin(number, in: store) }
                            #expect(begun == failure)
                            let again = await Self.failure { try await store.check() }
                            #expect(again == failure)
                        }
                        #expect(store.commits == before)
                        DiskFault.fail(nil)
                        try await store.check()
                        #expect(store.commits == before + 1)
                        try await Self.begin(5, in: store)
                        for number in 2...4 { #expect(try await store.record(of: StoreSample.call(number)) == nil) }
                    }
                    // What was answered is what the next process finds.
                    try await folder.open { store async throws in
                        for number in [1, 5] { #expect(try await store.record(of: StoreSample.call(number)) != nil) }
                    }
                }
            }
        }
    }

    @Test
    func `a disk that hangs fails all who wait within a second, and what is committed late harms nobody`() async {
        await #expect(processExitsWith: .success) {
            try DiskFault.install()
            try await StoreFolder.with { folder in
                try await folder.open { store in
                    let worker = WorkerID(1)
                    try await store.beat(worker, at: StoreSample.at(0))
                    let old = try await store.add(1, deliveries: 1)
                    let before = store.commits
                    DiskFault.hang(true)
                    let failure = StoreError("the store \(folder.file): the disk has not answered within a second")
                    async let first = Self.failure { try await store.add(2, deliveries: 2, worker: worker) }
                    try await eventually("the commit hangs") { DiskFault.isHanging }
                    // These wait behind the commit that hangs: given up before they are begun, they are never done.
                    async let second = Self.failure { try await store.add(3, deliveries: 1, worker: worker) }
                    async let third = Self.failure { try await Self.begin(4, in: store) }
                    async let fourth = Self.failure { try await store.check() }
                    async let fifth = Self.failure { try await Self.repeatTurn(1, in: store) }
                    let failures = await [first, second, third, fourth, fifth]
                    #expect(failures == Array(repeating: failure, count: 5))
                    #expect(store.commits == before)
                    DiskFault.hang(false)
                    try await eventually("the late commit is done") { store.commits > before }
                    try await store.check()
                    // The turn that hung came through: the same webhook finds it, and its deliveries are free for anybody.
                    #expect(try await store.record(of: StoreSample.call(2)) != nil)
                    for number in [3, 4] { #expect(try await store.record(of: StoreSample.call(number)) == nil) }
                    let due = try await store.claim(worker, at: 9).map(\.delivery.id)
                    let late = try await store.deliveries(of: StoreSample.call(2)).map(\.id)
                    #expect(Set(due) == Set(old.map(\.id) + late) && late.count == 2)
                    #expect(try await store.audit().balances)
                }
            }
        }
    }

    @Test
    func `deliveries that were claimed while the disk hung are given back`() async {
        await #expect(processExitsWith: .success) {
            try DiskFault.install()
            try await StoreFolder.with { folder in
                try await folder.open { store in
                    let worker = WorkerID(1)
                    try await store.beat(worker, at: StoreSample.at(0))
                    let born = try await store.add(1, deliveries: 3)
                    let before = store.commits
                    DiskFault.hang(true)
                    let claim = await Self.failure { _ = try await store.claim(worker, at: 9) }
                    #expect(claim?.kind == .unavailable)
                    DiskFault.hang(false)
                    try await eventually("the late commit is done") { store.commits > before }
                    try await store.check()
                    #expect(try await store.claim(worker, at: 9).map(\.delivery.id) == born.map(\.id))
                }
            }
        }
    }

    @Test
    func `a store on a disk that hangs can be closed`() async {
        await #expect(processExitsWith: .success) {
            try DiskFault.install()
            try await StoreFolder.with { folder in
                let store = try await SQLiteStore(path: folder.file)
                try await store.add(1)
                DiskFault.hang(true)
                let turn = await Self.failure { try await store.add(2) }
                #expect(turn != nil)
                let failure = await Self.failure { try await store.close() }
                #expect(
                    failure?.description
                        == "the store \(folder.file): the disk does not answer, so the file could not be closed"
                )
                DiskFault.hang(false)
            }
        }
    }

    @Test(arguments: [
        "rm flowd.db flowd.db-wal flowd.db-shm", "rm flowd.db-wal", "mv flowd.db old.db",
        "cp flowd.db new.db && mv new.db flowd.db",
    ])
    func `files that are taken away or replaced are found out, and nothing is written any more`(
        _ command: String
    ) async throws {
        try await StoreFolder.with { folder in
            let alarms = AlarmLog()
            let store = try await SQLiteStore(path: folder.file) { alarms.add($0) }
            try await store.add(1)
            let (commits, path) = (store.commits, folder.realFile)
            try Self.shell("cd '\(folder.path)' && \(command)")
            for number in 2...4 {
                let failure = await Self.failure { try await Self.begin(number, in: store) }
                #expect(failure?.kind == .unavailable)
                #expect(failure?.description.hasSuffix("restart flowd") == true)
            }
            let check = await Self.failure { try await store.check() }
            #expect(check != nil)
            let read = await Self.failure { _ = try await store.record(of: StoreSample.call(1)) }
            #expect(read != nil)
            #expect(store.commits == commits)
            #expect(alarms.all == [.filesAreGone(path: path)])
            try await store.close()
        }
    }

    @Test
    func `files that are taken away are found out without a webhook`() async throws {
        try await StoreFolder.with { folder in
            let alarms = AlarmLog()
            let store = try await SQLiteStore(path: folder.file) { alarms.add($0) }
            try Self.shell("rm '\(folder.file)'")
            try await eventually("it is found out") { alarms.all == [.filesAreGone(path: folder.realFile)] }
            try await store.close()
        }
    }

    @Test
    func `the log is copied beside the commits, and begins anew, also behind a reader that was in the way`()
        async throws
    {
        try await StoreFolder.with { folder in
            var limits = LogLimits()
            (limits.step, limits.restart, limits.keptBytes, limits.alarmBytes) = (20, 40, 200_000, 1_000_000)
            let alarms = AlarmLog()
            let store = try await SQLiteStore(path: folder.file, log: limits) { alarms.add($0) }
            for number in 1...100 { try await store.add(number, deliveries: 1) }
            #expect(folder.logBytes < 1_000_000)
            #expect(alarms.all.isEmpty)
            let reader = try Intruder(folder.file)
            try reader.execute("BEGIN; SELECT count(*) FROM calls")
            var number = 100
            while alarms.all.count < 2 {
                number += 1
                try await store.add(number, deliveries: 1)
                try #require(number < 5_000)
            }
            #expect(folder.logBytes >= 2_000_000)
            try reader.execute("COMMIT")
            try await eventually("the log begins anew") {
                try await store.check()
                return folder.logBytes <= 200_000
            }
            #expect(try await store.audit().balances)
            try await store.close()
        }
    }

    // MARK: Support

    static func failure(_ body: () async throws -> Void) async -> StoreError? {
        do {
            try await body()
            return nil
        } catch let error as StoreError {
            return error
        } catch {
            Issue.record("not a StoreError: \(error)")
            return nil
        }
    }

    /// Writes a new call, as its first webhook does: in a turn that may be answered before it is durable.
    private static func begin(_ number: Int, in store: SQLiteStore) async throws {
        let record = StoreSample.record(try StoreSample.run(of: try StoreSample.call(number)))
        _ = try await store.turn(record.call, durability: .deferred) { before in
            RecordChange(record: before ?? record, mayDefer: true)
        }
    }

    /// Asks for a call and changes nothing, as the same webhook does when it comes again.
    private static func repeatTurn(_ number: Int, in store: SQLiteStore) async throws {
        _ = try await store.turn(StoreSample.call(number), durability: .deferred) { before in
            #expect(before != nil)
            return RecordChange()
        }
    }

    private static func shell(_ command: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
