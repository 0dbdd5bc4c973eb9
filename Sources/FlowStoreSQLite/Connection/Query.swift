/// A statement, prepared once by each connection that runs it.
///
/// Each stands beside its user, as a static constant.
final class Query: Sendable {
    let sql: String

    init(_ sql: String) {
        self.sql = sql
    }
}

/// The columns of a statement's rows, in their order: a case's name is the column's.
protocol Columns: RawRepresentable<Int32>, CaseIterable {}

extension Columns {
    /// The columns as a `SELECT` has them.
    static var list: String { allCases.map { "\($0)" }.joined(separator: ", ") }
}
