import FlowCore

extension Arrow {
    /// What tells moods apart besides their colour.
    enum Sign {
        case tick, cross, ring
    }
}

extension Outcome.Tone {
    var sign: Arrow.Sign {
        switch self {
        case .good: .tick
        case .bad: .cross
        case .neutral: .ring
        }
    }

    /// A class's name.
    var name: String {
        switch self {
        case .good: "good"
        case .bad: "bad"
        case .neutral: "neutral"
        }
    }

    /// Readable on light and on dark, where a format has only one.
    var color: String {
        switch self {
        case .good: "#2da44e"
        case .bad: "#e5484d"
        case .neutral: "#818b98"
        }
    }

    var rank: Int {
        switch self {
        case .good: 0
        case .bad: 1
        case .neutral: 2
        }
    }
}
