import Foundation
import Testing

extension FaultTests {
    @Test("a call that crashes flowd three times is set aside, and the others go on")
    func poison() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let poison = UUID().uuidString.lowercased()
                    let flowd = try Flowd(site, environment: Self.poisoned(by: poison))
                    for crash in 1...3 {
                        try flowd.start()
                        try await flowd.serves(cloud)
                        let bad = Conversation(base: flowd.base, cloud: cloud, flow: "plain", call: poison)
                        #expect(await cloud.post("\(flowd.base)/flows/plain", bad.answerPairs) == nil)
                        let code = try #require(await flowd.child?.end())
                        #expect(code == -SIGABRT, "crash \(crash) of this test needs a debug build")
                    }
                    try flowd.start()
                    try await flowd.serves(cloud)
                    let bad = Conversation(base: flowd.base, cloud: cloud, flow: "plain", call: poison)
                    #expect(await cloud.post("\(flowd.base)/flows/plain", bad.answerPairs)?.isApology == true)
                    let hangup = await cloud.post("\(flowd.base)/flows/plain", bad.hangupPairs(isCancelled: false))
                    #expect(hangup?.isDocument == true && hangup?.isApology == false)
                    var chance = Chance(seed: 1)
                    for _ in 0..<3 {
                        let good = await Conversation(base: flowd.base, cloud: cloud, flow: "plain").have(&chance)
                        #expect(good.acknowledgedAt != nil && good.wrong.isEmpty)
                        #expect(await Self.eventually { app.reports()[good.call]?.contains(where: \.wasTaken) == true })
                    }
                    let log = try String(contentsOfFile: site.log, encoding: .utf8)
                    #expect(log.components(separatedBy: "a call was set aside").count == 2)
                    #expect(try await flowd.stop() == 0)
                    #expect(try await site.command("deliveries", "verify") == 0)
                }
            }
        }
    }

    @Test("a call that is set aside while it is up shows in flowd runs, and its dial's result in the log")
    func poisonUnderWay() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let healthy = try Flowd(site)
                    try healthy.start()
                    try await healthy.serves(cloud)
                    let call = Conversation(base: healthy.base, cloud: cloud, flow: "plain")
                    let answer = await cloud.post("\(healthy.base)/flows/plain", call.answerPairs)
                    #expect(try await healthy.stop() == 0)
                    let flowd = try Flowd(site, environment: Self.poisoned(by: call.call))
                    let action = try #require(answer?.action).replacing(healthy.base, with: flowd.base)
                    for _ in 1...3 {
                        try flowd.start()
                        try await flowd.serves(cloud)
                        #expect(await cloud.post(action, call.resultPairs()) == nil)
                        #expect(try await flowd.child?.end() == -SIGABRT, "this test needs a debug build")
                    }
                    try flowd.start()
                    try await flowd.serves(cloud)
                    #expect(await cloud.post(action, call.resultPairs())?.isApology == true)
                    let log = try String(contentsOfFile: site.log, encoding: .utf8)
                    let line = log.split(separator: "\n").first {
                        $0.contains("the result of a step is only in this line")
                    }
                    #expect(line?.contains("USER_BUSY") == true)
                    #expect(try await site.command("runs", "list") == 0)
                    #expect(site.commandOutput.contains("running, set aside"))
                    #expect(try await site.command("runs", "show", call.call) == 0)
                    #expect(site.commandOutput.contains("set aside: flowd died of it too often"))
                    #expect(try await flowd.stop() == 0)
                }
            }
        }
    }

    /// Lets flowd die in each turn of a call, without the seconds that a backtrace takes.
    private static func poisoned(by call: String) -> [String: String] {
        ["FLOWD_FAILPOINT": "crash-call:\(call)", "SWIFT_BACKTRACE": "enable=no"]
    }
}
