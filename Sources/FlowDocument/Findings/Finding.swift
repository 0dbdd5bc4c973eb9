/// Something that is wrong, or looks wrong, in a file: where, what, and what would be right.
///
/// Findings are collected, never thrown. `flowd lint` prints them; `flowd serve` refuses a set with an error among them.
package struct Finding: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
        case error, warning, info

        /// The graver one is the lesser, so that sorting puts it first.
        package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

        private var rank: Int {
            switch self {
            case .error: 0
            case .warning: 1
            case .info: 2
            }
        }
    }

    /// Another place that explains the finding, such as "first defined here".
    package struct Related: Hashable, Sendable {
        package var message: String
        package var file: String
        package var span: Span

        package init(_ message: String, file: String, span: Span) {
            self.message = message
            self.file = file
            self.span = span
        }
    }

    package var code: Code
    package var severity: Severity
    package var message: String
    package var file: String
    package var span: Span
    /// What would help, a line each.
    package var help: [String]
    /// Those changes among them that can be made as they stand.
    package var fixes: [Fix]
    package var related: [Related]

    /// - Parameter fixes: their titles become lines of help, behind `help`.
    package init(
        _ code: Code,
        _ message: String,
        file: String,
        span: Span,
        severity: Severity? = nil,
        help: [String] = [],
        fixes: [Fix] = [],
        related: [Related] = []
    ) {
        self.code = code
        self.severity = severity ?? code.severity
        self.message = message
        self.file = file
        self.span = span
        self.help = help + fixes.map(\.title)
        self.fixes = fixes.filter { !$0.edits.isEmpty }
        self.related = related
    }
}

extension Finding {
    /// The order of a report: by file, place and code.
    package static func inReportOrder(_ lhs: Finding, _ rhs: Finding) -> Bool {
        (lhs.file, lhs.span.start.offset, lhs.code.id, lhs.span.end.offset, lhs.message)
            < (rhs.file, rhs.span.start.offset, rhs.code.id, rhs.span.end.offset, rhs.message)
    }
}
