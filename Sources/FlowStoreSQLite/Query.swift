/// Every statement, prepared once a connection.
enum Query: Int, CaseIterable {
    case begin, beginReading, commit, rollback
    case userVersion, journalMode, synchronous, countTables
    case findCall, insertCall, updateCall, updateDeliveries, silenceCall, deleteCall
    case callsDue, callsNewest, callsOldest
    case insertDelivery, findUnended, findAny, deliveryNumbered
    case updateDelivery, takeDelivery, releaseDelivery, deleteDelivery
    case nextOrigin, dueOfOrigin, deliveriesNewest, unendedNewest
    case countStates, isThere, countPending, countUnended, countDelivered, addDelivered, oldestDue, oldestPending
    case beat, beats, bury
    case saveVersion, findVersion, useVersion, pruneVersions
    case addKey, findKey, touch

    var sql: String {
        switch self {
        case .begin: "BEGIN IMMEDIATE"
        case .beginReading: "BEGIN"
        case .commit: "COMMIT"
        case .rollback: "ROLLBACK"
        case .userVersion: "PRAGMA user_version"
        case .journalMode: "PRAGMA journal_mode"
        case .synchronous: "PRAGMA synchronous"
        case .countTables: "SELECT count(*) FROM sqlite_schema"
        case .findCall, .insertCall, .updateCall, .updateDeliveries, .silenceCall, .deleteCall, .callsDue, .callsNewest,
            .callsOldest:
            callSQL
        case .insertDelivery, .findUnended, .findAny, .deliveryNumbered, .updateDelivery, .takeDelivery,
            .releaseDelivery, .deleteDelivery, .nextOrigin, .dueOfOrigin, .deliveriesNewest, .unendedNewest,
            .countStates, .isThere, .countPending, .countUnended, .countDelivered, .addDelivered, .oldestDue,
            .oldestPending:
            deliverySQL
        case .beat:
            """
            INSERT INTO workers (id, beat, at) VALUES (?1, 1, ?2)
            ON CONFLICT DO UPDATE SET beat = beat + 1, at = ?2
            """
        case .beats: "SELECT id, beat FROM workers"
        case .bury: "DELETE FROM workers WHERE id = ?"
        case .saveVersion:
            """
            INSERT INTO versions (id, flow, file, format, source) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET number = (SELECT max(number) + 1 FROM versions)
            """
        case .findVersion: "SELECT flow, file, format, source FROM versions WHERE id = ?"
        case .useVersion:
            """
            INSERT INTO uses (version, calls) VALUES (?1, ?2)
            ON CONFLICT DO UPDATE SET calls = calls + ?2
            """
        case .pruneVersions:
            """
            DELETE FROM versions WHERE id NOT IN (SELECT version FROM uses WHERE calls > 0) AND ? <=
            (SELECT count(*) FROM versions newer WHERE newer.flow = versions.flow AND newer.number > versions.number)
            """
        case .addKey: "INSERT OR IGNORE INTO keys (name, value) VALUES (?, ?)"
        case .findKey: "SELECT value FROM keys WHERE name = ?"
        case .touch: "UPDATE tally SET delivered = delivered"
        }
    }
}
