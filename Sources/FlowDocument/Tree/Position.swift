/// A place in a text.
///
/// Lines and columns start at 1; a column counts Unicode scalars, as editors do. `offset` counts UTF-8 bytes from 0.
/// Each is kept in 32 bits, as a tree has two or four positions for every value.
package struct Position: Hashable, Sendable {
    private var storedLine: UInt32
    private var storedColumn: UInt32
    private var storedOffset: UInt32

    package init(line: Int, column: Int, offset: Int) {
        storedLine = UInt32(clamping: line)
        storedColumn = UInt32(clamping: column)
        storedOffset = UInt32(clamping: offset)
    }

    package var line: Int {
        get { Int(storedLine) }
        set { storedLine = UInt32(clamping: newValue) }
    }

    package var column: Int {
        get { Int(storedColumn) }
        set { storedColumn = UInt32(clamping: newValue) }
    }

    package var offset: Int {
        get { Int(storedOffset) }
        set { storedOffset = UInt32(clamping: newValue) }
    }

    /// The first character of a text.
    package static let start = Position(line: 1, column: 1, offset: 0)
}

extension Position: Comparable {
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.offset < rhs.offset }
}

extension Position: CustomStringConvertible {
    /// Line and column: `12:5`.
    package var description: String { "\(line):\(column)" }
}

/// A stretch of a text, from its first character to behind its last.
package struct Span: Hashable, Sendable {
    package var start: Position
    package var end: Position

    package init(_ start: Position, _ end: Position) {
        self.start = start
        self.end = end
    }

    /// The first character of a text, for what concerns all of it.
    package static let start = Span(.start, .start)

    package func contains(_ other: Span) -> Bool {
        start.offset <= other.start.offset && other.end.offset <= end.offset
    }
}

extension Span: CustomStringConvertible {
    /// Start and end: `12:5-12:9`.
    package var description: String { "\(start)-\(end)" }
}
