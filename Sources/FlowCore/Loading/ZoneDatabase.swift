import Glibc

/// The machine's time zones: Debian's package `tzdata`, read as a flow is loaded and never afterwards.
enum ZoneDatabase {
    private static let folder = "/usr/share/zoneinfo"
    /// Bytes; the largest file has less than a tenth of it.
    private static let maximumSize = 100_000

    /// Whether the machine has any.
    static var isThere: Bool { access("\(folder)/UTC", R_OK) == 0 }

    /// The rules of a zone; nil for a name that is none.
    static func zone(_ name: String) -> ZoneRules? {
        guard isName(name), let bytes = read(name) else { return nil }
        return ZoneRules(tzif: bytes)
    }

    /// The names that somebody would write, to guess from.
    static var names: [String] {
        // `zone1970.tab`: countries, coordinates, name, comment.
        let lines = String(decoding: read("zone1970.tab") ?? [], as: UTF8.self).split(separator: "\n")
        let places = lines.filter { $0.first != "#" }.compactMap { line -> String? in
            let columns = line.split(separator: "\t")
            return columns.count > 2 ? String(columns[2]) : nil
        }
        return (places + ["UTC"]).sorted()
    }

    /// Parts of letters, digits, `_`, `-` and `+`, so that nothing but the database is read.
    private static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        // Copies of the same zones, with and without leap seconds.
        if name.hasPrefix("posix/") || name.hasPrefix("right/") { return false }
        return name.utf8.count <= 100 && (1...3).contains(parts.count)
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
                            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"):
                            true
                        default: false
                        }
                    }
            }
    }

    private static func read(_ name: String) -> [UInt8]? {
        guard let file = fopen("\(folder)/\(name)", "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: maximumSize)
        let count = fread(&bytes, 1, bytes.count, file)
        return count > 0 && count < maximumSize ? Array(bytes[..<count]) : nil
    }
}
