import Foundation
import Testing

/// What Plivo's side was promised, held against what the app server got.
struct Books {
    /// A call whose answer is younger than this when flowd dies may be forgotten: see ``FlowStore/Durability``.
    private static let window = Duration.milliseconds(50)

    let entries: [Conversation.Entry]
    let kills: [ContinuousClock.Instant]

    /// Calls of which a report has to come.
    var promised: [Conversation.Entry] {
        entries.filter { $0.acknowledgedAt != nil && !($0.isCancelled && mayBeForgotten($0)) }
    }

    /// Those that have none.
    func missing(_ app: AppServer) -> [String] {
        let reports = app.reports()
        let more = app.reports("/again")
        return promised.compactMap { entry in
            let isThere = reports[entry.call, default: []].contains(where: \.wasTaken)
            let isComplete = entry.flow != "twice" || more[entry.call, default: []].contains(where: \.wasTaken)
            return isThere && isComplete
                ? nil : "\(entry.call) (\(entry.flow)\(entry.isCancelled ? ", cancelled" : ""))"
        }
    }

    /// Checks that each report of a call came under one id, and that no two share one.
    func checkIDs(_ app: AppServer) {
        var owners: [String: String] = [:]
        for path in ["/report", "/again"] {
            for (call, attempts) in app.reports(path) {
                let ids = Set(attempts.map(\.webhookID))
                #expect(ids.count == 1, "\(call) came to \(path) under \(ids)")
                for id in ids {
                    #expect(!id.isEmpty && owners[id] == nil, "\(id) is of \(call) and of \(owners[id] ?? "")")
                    owners[id] = call
                }
            }
        }
    }

    func checkAnswers() {
        let wrong = entries.flatMap { entry in entry.wrong.map { "\(entry.call) (\(entry.flow)): \($0)" } }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    /// One line of figures.
    func summary(_ app: AppServer) -> String {
        let reports = app.received.filter { $0.path != "/agents" }
        let delivered = Set(reports.filter(\.wasTaken).map { $0.path + $0.call })
        let taken = reports.filter(\.wasTaken).count
        return
            "\(kills.count) kills, \(entries.count) calls, \(promised.count) acknowledged, \(reports.count) attempts, "
            + "\(delivered.count) reports, \(taken - delivered.count) repeats under the same id"
    }

    private func mayBeForgotten(_ entry: Conversation.Entry) -> Bool {
        guard let answered = entry.answeredAt else { return true }
        return kills.contains { $0 > answered - Self.window && $0 < answered + Self.window }
    }
}
