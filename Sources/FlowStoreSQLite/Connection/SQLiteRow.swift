import CSQLite

/// The row that a statement stands on, as long as it stands there.
struct SQLiteRow: ~Copyable {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) {
        self.statement = statement
    }

    func integer(_ column: some Columns) -> Int64 { sqlite3_column_int64(statement, column.rawValue) }

    /// nil for NULL.
    func optional(_ column: some Columns) -> Int64? {
        sqlite3_column_type(statement, column.rawValue) == SQLITE_NULL ? nil : integer(column)
    }

    func text(_ column: some Columns) -> String { String(decoding: blob(column), as: UTF8.self) }

    func blob(_ column: some Columns) -> [UInt8] {
        // The bytes first: asking for their number could otherwise turn them into something else.
        let start = sqlite3_column_blob(statement, column.rawValue)
        let count = Int(sqlite3_column_bytes(statement, column.rawValue))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    // MARK: The only column

    private enum Only: Int32, Columns {
        case column
    }

    func integer() -> Int64 { integer(Only.column) }
    func optional() -> Int64? { optional(Only.column) }
    func text() -> String { text(Only.column) }
    func blob() -> [UInt8] { blob(Only.column) }
}
