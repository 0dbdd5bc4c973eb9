import FlowCore

/// What changes with nearly every turn and is written once a commit.
struct Counts {
    /// Calls that each version has, more or fewer.
    var uses: [VersionID: Int] = [:]
    /// Delivered deliveries, more or fewer.
    var delivered = 0

    var isAny: Bool { delivered != 0 || uses.values.contains { $0 != 0 } }
}

extension SQLiteConnection {
    /// Writes what was counted in this transaction so far.
    func writeCounts() throws {
        for (version, change) in counts.uses where change != 0 {
            try run(.useVersion, [.text(version.text), .integer(change)])
        }
        if counts.delivered != 0 { try run(.addDelivered, [.integer(counts.delivered)]) }
        counts = Counts()
    }
}
