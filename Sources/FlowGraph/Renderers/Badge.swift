import FlowDocument

/// The codes of findings, as a pill.
struct Badge {
    let text: String
    let severity: Finding.Severity
    let width: Double

    static let size = 10.5
    static let height = 17.0

    /// - Parameter marks: the gravest first.
    init?(_ marks: [Mark]) {
        guard let first = marks.first else { return nil }
        var codes: [String] = []
        for mark in marks where !codes.contains(mark.code) { codes.append(mark.code) }
        text = codes.count > 1 ? "\(first.code) +\(codes.count - 1)" : first.code
        severity = first.severity
        width = (TextWidth.of(text, size: Self.size, isBold: true) + 14).rounded(.up)
    }
}
