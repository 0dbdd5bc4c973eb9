import FlowCore

/// Lets each line of a log through once a second, and counts the others.
struct LineLimit {
    private static let seconds = 1

    private struct Line {
        var at: Timestamp
        var leftOut = 0
    }

    /// By the text of the line, which is one of a few.
    private var lines: [String: Line] = [:]

    /// - Returns: how often the line was left out since it was last said; nil where it is left out now.
    mutating func admit(_ text: String, at: Timestamp) -> Int? {
        guard var line = lines[text] else {
            lines[text] = Line(at: at)
            return 0
        }
        // A clock that is set back lets it through.
        guard at < line.at || at >= line.at + Self.seconds else {
            line.leftOut += 1
            lines[text] = line
            return nil
        }
        lines[text] = Line(at: at)
        return line.leftOut
    }
}
