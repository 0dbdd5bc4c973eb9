/// What is bound to a parameter.
enum SQLiteValue {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    static func integer(_ number: Int) -> SQLiteValue { .integer(Int64(number)) }

    static func optional(_ number: Int64?) -> SQLiteValue { number.map { .integer($0) } ?? .null }
}
