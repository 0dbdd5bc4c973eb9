import FlowCore
import FlowDocument
import FlowFiles
import FlowStore

extension SQLiteConnection {
    // MARK: Workers

    func beat(_ worker: WorkerID, at now: Timestamp) throws {
        try run(.beat, [.integer(worker.value), .integer(now.milliseconds)])
    }

    func beats() throws -> [WorkerID: Int] {
        var beats: [WorkerID: Int] = [:]
        try each(.beats) { row in
            beats[WorkerID(row.integer(BeatColumn.id))] = Int(row.integer(BeatColumn.beat))
            return true
        }
        return beats
    }

    func bury(_ worker: WorkerID) throws { try run(.bury, [.integer(worker.value)]) }

    // MARK: Versions

    func save(_ version: FlowVersion) throws {
        try run(
            .saveVersion,
            [
                .text(version.id.text), .text(version.flow), .text(version.file), .text(version.format.rawValue),
                .blob(version.source),
            ]
        )
    }

    func version(_ id: VersionID) throws -> FlowVersion? {
        typealias Column = VersionColumn
        let version = try first(.findVersion, [.text(id.text)]) { row in
            Document.Format(rawValue: row.text(Column.format)).map { format in
                FlowVersion(
                    flow: row.text(Column.flow),
                    file: row.text(Column.file),
                    format: format,
                    source: row.blob(Column.source)
                )
            }
        }
        // Its id is its hash: a damaged text is found out.
        guard let version = version ?? nil, version.id == id else { return nil }
        return version
    }

    /// Removes the versions that no call has, but for the last ones of each flow.
    ///
    /// - Returns: how many rows went.
    func pruneVersions() throws -> Int {
        try writeCounts()
        try run(.pruneVersions, [.integer(FlowVersion.alwaysKept)])
        return changes
    }
}

private enum BeatColumn: Int32, Columns {
    case id, beat
}

private enum VersionColumn: Int32, Columns {
    case flow, file, format, source
}

extension Query {
    fileprivate static let beat = Query(
        """
        INSERT INTO workers (id, beat, at) VALUES (?1, 1, ?2)
        ON CONFLICT DO UPDATE SET beat = beat + 1, at = ?2
        """
    )
    fileprivate static let beats = Query("SELECT \(BeatColumn.list) FROM workers")
    fileprivate static let bury = Query("DELETE FROM workers WHERE id = ?")
    fileprivate static let saveVersion = Query(
        """
        INSERT INTO versions (id, flow, file, format, source) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET number = (SELECT max(number) + 1 FROM versions)
        """
    )
    fileprivate static let findVersion = Query("SELECT \(VersionColumn.list) FROM versions WHERE id = ?")
    fileprivate static let pruneVersions = Query(
        """
        DELETE FROM versions WHERE id NOT IN (SELECT version FROM uses WHERE calls > 0) AND ? <=
        (SELECT count(*) FROM versions newer WHERE newer.flow = versions.flow AND newer.number > versions.number)
        """
    )
}
