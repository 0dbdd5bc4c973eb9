import FlowReports

/// A list as JSON, written piece by piece: a long one is never in memory as a whole.
enum JSONList {
    private static let piece = 500

    /// Prints the same bytes as the admin port answers.
    static func print<Items: Collection>(_ items: Items) throws where Items.Element: Encodable {
        Console.print("[", terminator: "")
        var rest = items[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(piece))
            rest = rest.dropFirst(some.count)
            // Without the brackets and the line break.
            let bytes = try AdminJSON.bytes(some).dropFirst().dropLast(2)
            Console.print(String(decoding: bytes, as: UTF8.self) + (rest.isEmpty ? "" : ","), terminator: "")
        }
        Console.print("]")
    }
}
