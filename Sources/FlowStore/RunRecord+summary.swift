package import FlowCore

/// What a store has to know of a record without reading it.
extension RunRecord {
    /// When the first of its runs wants to be woken.
    package var wake: Timestamp? { runs.lazy.compactMap(\.wake).min() }

    /// Whether a run has not ended.
    package var isLive: Bool { runs.contains { !$0.hasEnded } }

    /// When something last happened to it.
    package var touchedAt: Timestamp {
        runs.reduce(createdAt) { latest, run in
            max(latest, run.startedAt, run.endedAt ?? latest, run.path.last?.at ?? latest)
        }
    }
}

extension RunQuery {
    /// Whether one and the same run of the call has the flow and the status that are wanted.
    package func matches(_ record: RunRecord) -> Bool {
        guard flow != nil || status != nil else { return true }
        return record.runs.contains(where: matches)
    }

    private func matches(_ run: Run) -> Bool {
        (flow.map { $0 == run.flow } ?? true) && (status.map { $0 == run.status } ?? true)
    }

    /// The wanted runs of calls that match, newest first: a call has one for each flow that it came to.
    package func runs(of records: [RunRecord]) -> [Run] {
        Array(records.flatMap { $0.runs.reversed().filter(matches) }.prefix(limit))
    }
}
