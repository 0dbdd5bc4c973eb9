package import FlowCore
import FlowDocument
import FlowFiles
package import FlowStore

extension SQLiteStore {
    // MARK: Versions

    package func save(_ version: FlowVersion) async throws {
        try await write { connection in
            try connection.run(
                .saveVersion,
                [
                    .text(version.id.text), .text(version.flow), .text(version.file), .text(version.format.rawValue),
                    .blob(version.source),
                ]
            )
        }
    }

    package func version(_ id: VersionID) async throws -> FlowVersion? {
        try await read(reader) { connection in
            let found = try connection.first(.findVersion, [.text(id.text)]) { row in
                (flow: row.text(0), file: row.text(1), format: row.text(2), source: row.blob(3))
            }
            guard let found else { return nil }
            let version = Document.Format(rawValue: found.format).map { format in
                FlowVersion(flow: found.flow, file: found.file, format: format, source: found.source)
            }
            // Its id is its hash: a damaged text is found out.
            return version?.id == id ? version : nil
        }
    }

    // MARK: Upkeep

    /// The name under which ``sharedKey()`` is kept.
    private static let keyName = "shared"

    package func sharedKey() async throws -> [UInt8] {
        if let key = try await read(reader, { try Self.key($0) }) { return key }
        var chance = SystemRandomNumberGenerator()
        let fresh = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
        return try await write { connection in
            try connection.run(.addKey, [.text(Self.keyName), .blob(fresh)])
            return try Self.key(connection) ?? fresh
        }
    }

    private static func key(_ connection: SQLiteConnection) throws -> [UInt8]? {
        try connection.first(.findKey, [.text(keyName)]) { $0.blob(0) }
    }

    /// Calls that go in one write: turns wait no longer for it than for each other.
    private static let prunedAtOnce = 32

    package func prune(before limit: Timestamp, batch: Int) async throws -> Int {
        let calls = try await read(archive) { try $0.prunable(before: limit, batch: batch) }
        var removed = 0
        for start in stride(from: 0, to: calls.count, by: Self.prunedAtOnce) {
            let some = calls[start..<min(start + Self.prunedAtOnce, calls.count)]
            removed += try await write { connection in
                try some.reduce(0) { try $0 + connection.prune($1, before: limit) }
            }
        }
        return try await removed + write { try $0.pruneVersions() }
    }

    package func audit() async throws -> Audit { try await read(archive) { try $0.audit() } }

    /// Writes a number that counts up: what was there already would be written to no page, and show nothing.
    package func check() async throws { try await write { try $0.countCheck(bytes: 8) } }

    /// How long a hanging disk may hold up the end of the process, twice.
    private static let closeLimit = Duration.seconds(2)

    package func close() async throws {
        files.stopLooking()
        async let reading = reader.close(within: Self.closeLimit)
        async let archived = archive.close(within: Self.closeLimit)
        async let written = writer.close(within: Self.closeLimit)
        var isClosed = await (reading, archived, written) == (true, true, true)
        // Its connection is the last, so that SQLite puts the files in order.
        isClosed = await checkpointer.close(within: Self.closeLimit) && isClosed
        deadlines.close()
        if !isClosed {
            throw StoreError("the store \(file.path): the disk does not answer, so the file could not be closed")
        }
    }
}
