import Foundation
import NIOHTTP1
import Synchronization
import Testing

extension FaultTests {
    /// Has calls up to the answer to their dial's result.
    private func report(_ count: Int, _ base: String, _ cloud: PlivoCloud) async throws -> [String] {
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<count {
                group.addTask {
                    let conversation = Conversation(base: base, cloud: cloud, flow: "plain")
                    let answer = await cloud.post("\(base)/flows/plain", conversation.answerPairs)
                    let action = try #require(answer?.action)
                    let result = await cloud.post(action, conversation.resultPairs())
                    #expect(result?.status == 200)
                    return conversation.call
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("what a killed process had to report, another on the same store reports within 15 s")
    func takeover() async throws {
        try await AppServer.run({ .delay(.seconds(60)) }) { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let (first, second) = (try Flowd(site), try Flowd(site))
                    try first.start()
                    try await first.serves(cloud)
                    try second.start()
                    try await second.serves(cloud)
                    let calls = try await report(20, first.base, cloud)
                    #expect(await Self.eventually { !app.received.isEmpty })
                    app.behave { .answer(200) }
                    try await first.crash()
                    let isReported = await Self.eventually(within: .seconds(15)) {
                        let reports = app.reports()
                        return calls.allSatisfy { reports[$0, default: []].contains(where: \.wasTaken) }
                    }
                    #expect(isReported)
                    Books(entries: [], kills: []).checkIDs(app)
                    #expect(try await second.stop() == 0)
                    #expect(try await site.command("deliveries", "verify") == 0)
                }
            }
        }
    }

    /// How many requests have come, once no more do for a second: sockets hold some for a server that is slow.
    private static func settledCount(_ app: AppServer) async -> Int {
        var count = -1
        while count != app.received.count {
            count = app.received.count
            try? await Task.sleep(for: .seconds(1))
        }
        return count
    }

    @Test("a process that stood still sends nothing that another took over meanwhile")
    func standstill() async throws {
        try await AppServer.run({ .drop }) { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let (first, second) = (try Flowd(site), try Flowd(site))
                    try first.start()
                    try await first.serves(cloud)
                    try second.start()
                    try await second.serves(cloud)
                    let calls = try await report(60, first.base, cloud)
                    #expect(await Self.eventually { app.reports().count == calls.count })
                    app.behave { .delay(.seconds(2)) }
                    // Now that they are tried again, some are under way, some are about to be, and the others wait.
                    let firstTries = app.received.count
                    #expect(await Self.eventually(every: .microseconds(200)) { app.received.count > firstTries })
                    first.child?.signal(SIGSTOP)
                    app.behave { .answer(200) }
                    // The other one takes over what the first holds, what is under way too.
                    let isTakenOver = await Self.eventually {
                        let reports = app.reports()
                        return calls.allSatisfy { reports[$0, default: []].contains(where: \.wasTaken) }
                    }
                    #expect(isTakenOver)
                    let isDelivered = await Self.eventually {
                        let metrics = await cloud.get(second.admin + "/metrics")
                        return metrics?.text.contains("flowd_deliveries{state=\"pending\"} 0\n") ?? false
                    }
                    #expect(isDelivered)
                    let before = await Self.settledCount(app)
                    first.child?.signal(SIGCONT)
                    try await first.serves(cloud)
                    // What the first holds is due before this.
                    let last = try await report(1, first.base, cloud)
                    #expect(await Self.eventually { app.reports()[last[0], default: []].contains(where: \.wasTaken) })
                    _ = await Self.settledCount(app)
                    let late = app.received.dropFirst(before).filter { $0.call != last[0] }
                    #expect(late.map(\.call) == [], "what was taken over came again: \(late.map(\.head.headers))")
                    Books(entries: [], kills: []).checkIDs(app)
                    #expect(try await first.stop() == 0)
                    #expect(try await second.stop() == 0)
                    #expect(try await site.command("deliveries", "verify") == 0)
                }
            }
        }
    }
}
