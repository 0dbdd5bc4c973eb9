import Foundation
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

    @Test("a process that stood still sends nothing that another took over meanwhile")
    func standstill() async throws {
        try await AppServer.run({ .delay(.seconds(2)) }) { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let (first, second) = (try Flowd(site), try Flowd(site))
                    try first.start()
                    try await first.serves(cloud)
                    try second.start()
                    try await second.serves(cloud)
                    let calls = try await report(60, first.base, cloud)
                    // Some are under way, the others wait behind them.
                    #expect(await Self.eventually { !app.received.isEmpty })
                    first.child?.signal(SIGSTOP)
                    try await Task.sleep(for: .milliseconds(300))
                    let underWay = Set(app.received.map(\.call))
                    #expect(underWay.count < calls.count)
                    app.behave { .answer(200) }
                    try await Task.sleep(for: .seconds(Self.isLong ? 20 : 14))
                    first.child?.signal(SIGCONT)
                    let isReported = await Self.eventually {
                        let reports = app.reports()
                        return calls.allSatisfy { reports[$0, default: []].contains(where: \.wasTaken) }
                    }
                    #expect(isReported)
                    // Whatever the one that woke up still would send, it has sent by now.
                    try await Task.sleep(for: .seconds(3))
                    for (call, attempts) in app.reports() {
                        #expect(
                            attempts.count <= (underWay.contains(call) ? 2 : 1),
                            "\(call) came \(attempts.count) times"
                        )
                    }
                    Books(entries: [], kills: []).checkIDs(app)
                    #expect(try await first.stop() == 0)
                    #expect(try await second.stop() == 0)
                    #expect(try await site.command("deliveries", "verify") == 0)
                }
            }
        }
    }
}
