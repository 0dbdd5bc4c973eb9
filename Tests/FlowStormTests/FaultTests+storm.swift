import Foundation
import Synchronization
import Testing

extension FaultTests {
    private static let callers = 12

    @Test(
        "no result of a call is lost, and none is reported under two ids, while flowd is killed at random",
        .timeLimit(.minutes(30))
    )
    func killStorm() async throws {
        var chance = Chance.seeded()
        let kills = Self.isLong ? 1_000 : 100
        let moods = Moods(chance.split())
        try await AppServer.run({ moods.next() }) { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let flowd = try Flowd(site)
                    let books = try await storm(flowd, cloud, kills: kills, &chance)
                    try await settle(flowd, cloud, app, books)
                    print(books.summary(app))
                }
            }
        }
    }

    /// Has calls while it kills flowd, again and again; then lets the calls end.
    private func storm(_ flowd: Flowd, _ cloud: PlivoCloud, kills: Int, _ chance: inout Chance) async throws -> Books {
        let exchange = Exchange()
        var killed: [ContinuousClock.Instant] = []
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.callers {
                let seed = chance.split()
                group.addTask {
                    var own = seed
                    while !exchange.isOver.load(ordering: .relaxed) {
                        let flow = ["plain", "lookup", "twice"].randomElement(using: &own) ?? "plain"
                        let entry = await Conversation(base: flowd.base, cloud: cloud, flow: flow).have(&own)
                        exchange.entries.withLock { $0.append(entry) }
                    }
                }
            }
            for number in 0..<kills {
                try flowd.start()
                // One time it dies as it begins, the other time at work.
                if number % 2 == 1 { try await flowd.serves(cloud) }
                try await Task.sleep(for: chance.pause(0.2...0.8))
                try #require(flowd.child?.state() == nil, "flowd died of something else")
                killed.append(.now)
                try await flowd.crash()
            }
            try flowd.start()
            exchange.isOver.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
        return Books(entries: exchange.entries.withLock { $0 }, kills: killed)
    }

    /// Waits until nothing is pending, and compares the books.
    private func settle(_ flowd: Flowd, _ cloud: PlivoCloud, _ app: AppServer, _ books: Books) async throws {
        let isSettled = await Self.eventually(within: .seconds(60)) {
            guard books.missing(app).isEmpty else { return false }
            return await cloud.get(flowd.admin + "/deliveries?state=pending&limit=1")?.text.filter { !$0.isWhitespace }
                == "[]"
        }
        try #require(isSettled, "not reported: \(books.missing(app))")
        books.checkIDs(app)
        books.checkAnswers()
        #expect(books.promised.count > books.kills.count / 2, "too few calls to say anything")
        #expect(try await flowd.stop() == 0)
        let code = try await flowd.site.command("deliveries", "verify")
        #expect(code == 0, "\(flowd.site.commandOutput)")
        let log = try String(contentsOfFile: flowd.site.log, encoding: .utf8)
        #expect(!log.contains("set aside"), "a kill is nobody's fault")
    }
}

/// What the callers share.
private final class Exchange: Sendable {
    let isOver = Atomic(false)
    let entries = Mutex<[Conversation.Entry]>([])
}

/// An app server's good and bad days.
private final class Moods: Sendable {
    private let chance: Mutex<Chance>

    init(_ chance: Chance) {
        self.chance = Mutex(chance)
    }

    func next() -> AppServer.Behavior {
        chance.withLock { chance in
            switch Double.random(in: 0..<1, using: &chance) {
            case ..<0.15: .answer(500)
            case ..<0.3: .drop
            case ..<0.45: .delay(chance.pause(0.1...1))
            default: .answer(200)
            }
        }
    }
}
