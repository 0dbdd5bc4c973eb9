import FlowCore
import FlowStore

/// The sensitive texts of calls, in rows that leave no trace.
///
/// SQLite fills what it frees with zeros (`secure_delete`), but when it moves rows from page to page it leaves copies
/// behind. It never moves the pages that a long row runs over into. So each row begins with a page full of zeros: its texts
/// stand in such pages alone, each of which is filled with zeros once the row goes (sqlite.org/fileformat2.html, "B-tree
/// Pages" and "Cell Payload Overflow Pages").
extension SQLiteConnection {
    /// Puts the texts of a call back into its record.
    func joined(_ record: RunRecord, number: Int64) throws -> (record: RunRecord, vaults: [UInt8]?) {
        guard record.isApart else { return (record, nil) }
        let padding = try pageSize()
        let found = try first(.findVault, [.integer(number)]) { $0.blob() }
        let vaults = found.map { Array($0.dropFirst(padding)) }
        return (try record.joined(with: vaults), vaults)
    }

    /// Writes the texts of a call, or wipes them.
    func write(vaults: [UInt8]?, over before: [UInt8]?, number: Int64) throws {
        guard vaults != before else { return }
        guard let vaults else { return try wipeVault(number: number) }
        let padding = Array(repeating: UInt8(0), count: try pageSize())
        try run(.putVault, [.integer(number), .blob(padding + vaults)])
    }

    func wipeVault(number: Int64) throws {
        try run(.deleteVault, [.integer(number)])
        if changes > 0 { hasWiped = true }
    }

    private func pageSize() throws -> Int { Int(try first(.pageSize, [], { $0.integer() }) ?? 4_096) }
}

extension Query {
    fileprivate static let pageSize = Query("PRAGMA page_size")
    fileprivate static let findVault = Query("SELECT texts FROM vaults WHERE call = ?")
    fileprivate static let putVault = Query(
        "INSERT INTO vaults (call, texts) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET texts = ?2"
    )
    fileprivate static let deleteVault = Query("DELETE FROM vaults WHERE call = ?")
}
