import Foundation
import Testing

extension FaultTests {
    @Test("a call that crashes flowd three times is set aside, and the others go on")
    func poison() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let poison = UUID().uuidString.lowercased()
                    let flowd = try Flowd(site, environment: ["FLOWD_FAILPOINT": "crash-call:\(poison)"])
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
}
