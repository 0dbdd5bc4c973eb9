import Foundation
import Testing

extension FaultTests {
    @Test("while another process locks the store a call hears on_error within a second or so, and a result waits")
    func lockedStore() async throws {
        try await withoutStore(for: .seconds(3)) { site, _ in
            let intruder = try Intruder(site.store)
            try intruder.execute("BEGIN IMMEDIATE")
            return { try intruder.execute("COMMIT") }
        }
    }

    @Test("a result that is refused for five seconds is answered in the end, and stands in the log")
    func longOutage() async throws {
        try await outage { site, _, cloud, action, conversation in
            let intruder = try Intruder(site.store)
            try intruder.execute("BEGIN IMMEDIATE")
            #expect(await cloud.post(action, conversation.resultPairs())?.status == 503)
            let isAnswered = await Self.eventually {
                await cloud.post(action, conversation.resultPairs())?.isApology == true
            }
            #expect(isAnswered)
            let log = try String(contentsOfFile: site.log, encoding: .utf8)
            #expect(log.contains("the result of a step is only in this line"))
            try intruder.execute("COMMIT")
        }
    }

    @Test("while the disk is full a call hears on_error within a second or so, and all is well once it is not")
    func fullDisk() async throws {
        try await withoutStore(for: .seconds(2)) { _, process in
            try await Self.limitFiles(of: process, to: 1)
            return { try await Self.limitFiles(of: process, to: nil) }
        }
    }

    /// How large a process may let its files grow: what a full disk looks like without one.
    private static func limitFiles(of process: pid_t, to bytes: UInt64?) async throws {
        let limit = (bytes.map { "\($0)" } ?? "unlimited") + ":unlimited"
        let tool = try ChildProcess(
            ["/usr/bin/prlimit", "--pid", "\(process)", "--fsize=\(limit)"],
            environment: [:],
            output: "/dev/null"
        )
        try #require(await tool.end() == 0, "prlimit (of util-linux) cannot set a limit")
    }

    /// A flowd with a call under way, whose dial's result is still to come, and is taken once `body` is over.
    func outage(
        environment: [String: String] = [:],
        _ body: (Site, Flowd, PlivoCloud, _ action: String, Conversation) async throws -> Void
    ) async throws {
        try await AppServer.run { app in
            try await Site.with(app) { try await outage($0, app, environment: environment, body) }
        }
    }

    func outage(
        _ site: Site,
        _ app: AppServer,
        environment: [String: String] = [:],
        _ body: (Site, Flowd, PlivoCloud, _ action: String, Conversation) async throws -> Void
    ) async throws {
        try await PlivoCloud.with { cloud in
            let flowd = try Flowd(site, environment: environment)
            try flowd.start()
            try await flowd.serves(cloud)
            let conversation = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
            let answer = await cloud.post("\(flowd.base)/flows/plain", conversation.answerPairs)
            try await body(site, flowd, cloud, #require(answer?.action), conversation)
            // The store is back by itself: the same result is taken now, and reported.
            let isTaken = await Self.eventually {
                let reply = await cloud.post(answer?.action ?? "", conversation.resultPairs())
                return reply?.isDocument == true && reply?.isApology == false
            }
            #expect(isTaken)
            #expect(await Self.eventually { app.reports()[conversation.call]?.contains(where: \.wasTaken) == true })
            Books(entries: [], kills: []).checkIDs(app)
            #expect(try await flowd.stop() == 0)
            #expect(try await site.command("deliveries", "verify") == 0)
        }
    }

    /// Takes the store away for a while, and looks at what is answered then.
    private func withoutStore(
        for pause: Duration,
        _ take: (Site, pid_t) async throws -> () async throws -> Void
    ) async throws {
        try await outage { site, flowd, cloud, action, conversation in
            guard let process = flowd.child?.id else { return }
            let giveBack = try await take(site, process)
            // The first may be answered before anybody sees that the store is gone, which its commit some milliseconds
            // later shows: its result alone rebuilds it.
            let first = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
            #expect(await cloud.post("\(flowd.base)/flows/plain", first.answerPairs)?.isDocument == true)
            try await Task.sleep(for: .milliseconds(50))
            let began = ContinuousClock.now
            var waits: [Duration] = []
            for _ in 1...3 {
                let asked = ContinuousClock.now
                let other = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
                let answer = await cloud.post("\(flowd.base)/flows/plain", other.answerPairs)
                waits.append(asked.duration(to: .now))
                #expect(answer?.isApology == true, "\(answer?.status ?? 0)")
            }
            // A second is promised; the quickest of them says so, the others how busy the machine is.
            #expect(try #require(waits.min()) < .seconds(2))
            #expect(await cloud.post(action, conversation.resultPairs())?.status == 503)
            let rest = pause - began.duration(to: .now)
            if rest > .zero { try await Task.sleep(for: rest) }
            try await giveBack()
        }
    }
}
