import FlowCore
import FlowStore

/// A call's row as it was found.
struct CallRow {
    enum Column: Int32, Columns {
        case number, state, deliveries
    }

    var number: Int64
    var record: RunRecord
    var deliveries: DeliveryNumbers
    /// The sensitive texts as they are stored; nil for none.
    var vaults: [UInt8]?
}

/// The numbers of a call's deliveries as its row lists them, eight bytes each, most significant first.
struct DeliveryNumbers {
    private(set) var bytes: [UInt8]

    init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    var all: [Int64] {
        stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
            bytes[start..<start + 8].reduce(0) { $0 << 8 | Int64($1) }
        }
    }

    mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
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
    /// The status as a member of a set of statuses.
    var bit: Int { 1 << Int(rawValue) }

    /// The statuses of runs that are under way.
    static let live = Self.running.bit | Self.delivering.bit
}
