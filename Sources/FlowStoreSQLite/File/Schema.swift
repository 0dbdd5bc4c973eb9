import FlowStore

/// The tables, and how an older file comes to have them.
///
/// A call's row and a delivery's row are all there is to a turn. Rows are numbered as they come, so that the newest are
/// found without an index; what is looked up at random is a call by its id and a delivery that has not been delivered.
/// A call's row lists its deliveries' numbers, which spares an index of every delivery ever made.
enum Schema {
    /// One a version of the schema, in order; none is ever changed.
    static let migrations = [
        """
        CREATE TABLE calls (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            flows TEXT NOT NULL,
            statuses INTEGER NOT NULL,
            started INTEGER NOT NULL,
            touched INTEGER NOT NULL,
            wake INTEGER,
            deliveries BLOB NOT NULL,
            state BLOB NOT NULL
        ) STRICT;
        CREATE INDEX calls_wake ON calls (wake) WHERE wake IS NOT NULL;
        CREATE TABLE deliveries (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            call BLOB NOT NULL,
            origin TEXT NOT NULL,
            state INTEGER NOT NULL,
            due INTEGER NOT NULL,
            touched INTEGER NOT NULL,
            worker INTEGER,
            claim INTEGER NOT NULL,
            progress BLOB NOT NULL,
            request BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX deliveries_unended ON deliveries (id) WHERE state <> 2;
        CREATE INDEX deliveries_due ON deliveries (origin, due) WHERE state = 1;
        CREATE TABLE tally (delivered INTEGER NOT NULL) STRICT;
        INSERT INTO tally (delivered) VALUES (0);
        CREATE TABLE workers (id INTEGER PRIMARY KEY, beat INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE TABLE versions (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            flow TEXT NOT NULL,
            file TEXT NOT NULL,
            format TEXT NOT NULL,
            source BLOB NOT NULL
        ) STRICT;
        CREATE TABLE uses (version TEXT PRIMARY KEY, calls INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE keys (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        """,
        // The sensitive texts of a call's runs, by the call's number: see SQLiteConnection+vaults.
        """
        CREATE TABLE vaults (call INTEGER PRIMARY KEY, texts BLOB NOT NULL) STRICT;
        """,
    ]

    /// Throws unless the file is empty or one of ours that this flowd knows.
    static func check(_ connection: SQLiteConnection) throws {
        let version = try version(of: connection)
        guard version <= migrations.count else {
            throw StoreError(
                "it has version \(version) of the tables, this flowd knows \(migrations.count) at most",
                .newerSchema
            )
        }
        guard version == 0, try connection.first(.countTables, [], { $0.integer() }) != 0 else { return }
        throw StoreError("it is another program's database")
    }

    /// Brings the tables up to date, in one transaction, whoever else tries the same.
    static func migrate(_ connection: SQLiteConnection) throws {
        guard try version(of: connection) < migrations.count else { return }
        try connection.begin()
        do {
            for step in try version(of: connection)..<migrations.count { try connection.execute(migrations[step]) }
            try connection.execute("PRAGMA user_version = \(migrations.count)")
            _ = try connection.commit()
        } catch {
            connection.rollback()
            throw error
        }
    }

    private static func version(of connection: SQLiteConnection) throws -> Int {
        Int(try connection.first(.userVersion, [], { $0.integer() }) ?? 0)
    }
}

extension Query {
    fileprivate static let userVersion = Query("PRAGMA user_version")
    fileprivate static let countTables = Query("SELECT count(*) FROM sqlite_schema")
}
