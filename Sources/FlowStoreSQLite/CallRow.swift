import FlowCore
import FlowStore

/// A call's row as it was found.
struct CallRow {
    var number: Int64
    var record: RunRecord
    /// The numbers of its deliveries, eight bytes each.
    var deliveries: [UInt8]
}

extension RunRecord {
    /// The names of its runs' flows, each between slashes: `/one/two/`.
    var flowList: String {
        runs.isEmpty ? "" : runs.reduce(into: "/") { $0 += $1.flow + "/" }
    }

    /// The versions of its runs, each once.
    var versions: [VersionID] {
        runs.reduce(into: []) { versions, run in
            if !versions.contains(run.version) { versions.append(run.version) }
        }
    }
}

extension Run.Status {
    /// Its place in a set of statuses.
    var bit: Int { 1 << Int(rawValue) }

    /// The statuses of runs that are under way.
    static let live = Self.running.bit | Self.delivering.bit
}
