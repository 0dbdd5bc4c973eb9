import FlowReports

/// A list as JSON, written piece by piece: a long one is never in memory as a whole.
enum JSONList {
    private static let piece = 500

    /// One item, on one line.
    static func item(_ report: some Encodable) throws -> String {
        String(decoding: try AdminJSON.bytes(report).dropLast(), as: UTF8.self)
    }

    /// Prints the same bytes as the admin port answers.
    static func print(_ items: [Substring]) {
        Console.print("[", terminator: "")
        for start in stride(from: 0, to: items.count, by: piece) {
            let end = min(start + piece, items.count)
            Console.print(items[start..<end].joined(separator: ","), terminator: end < items.count ? "," : "")
        }
        Console.print("]")
    }
}
