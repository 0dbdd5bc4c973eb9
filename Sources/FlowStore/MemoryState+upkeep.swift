import FlowCore

extension MemoryState {
    mutating func save(_ version: FlowVersion) {
        versions.removeAll { $0.id == version.id }
        versions.append(version)
    }

    mutating func prune(before limit: Timestamp, batch: Int) throws(StoreError) -> Int {
        var removed = 0
        var removedCalls = 0
        for (call, row) in calls.sorted(by: { $0.value.number < $1.value.number }) where removedCalls < batch {
            guard let record = try record(of: call), !record.isLive, record.touchedAt < limit else { continue }
            guard try list(of: call).allSatisfy({ $0.state != .pending && $0.touchedAt < limit }) else { continue }
            for id in row.deliveries { deliveries[id] = nil }
            calls[call] = nil
            removedCalls += 1
            removed += 1 + row.deliveries.count
        }
        return try removed + pruneVersions()
    }

    private mutating func pruneVersions() throws(StoreError) -> Int {
        var needed: Set<VersionID> = []
        for call in calls.keys { needed.formUnion(try record(of: call)?.runs.map(\.version) ?? []) }
        var newer: [String: Int] = [:]
        for version in versions.reversed() {
            if newer[version.flow, default: 0] < FlowVersion.alwaysKept { needed.insert(version.id) }
            newer[version.flow, default: 0] += 1
        }
        let before = versions.count
        versions.removeAll { !needed.contains($0.id) }
        return before - versions.count
    }

    func audit() throws(StoreError) -> Audit {
        let backlog = backlog()
        var audit = Audit(delivered: backlog.delivered, dead: backlog.dead, pending: backlog.pending)
        for (call, row) in calls.sorted(by: { $0.value.number < $1.value.number }) {
            let enqueued = try record(of: call)?.runs.reduce(0) { $0 + $1.ordered } ?? 0
            audit.enqueued += enqueued
            let found = row.deliveries.count { deliveries[$0] != nil }
            guard enqueued != found else { continue }
            audit.differences.append(Audit.Difference(call: call, enqueued: enqueued, found: found))
        }
        return audit
    }
}
