import FlowCore
import FlowDocument
import FlowPlay
import FlowStore
import FoundationEssentials
import Testing

/// What ships works: every flow's cases are played, and each call goes as it went when it was recorded.
struct ConversationTests {
    @Test("every flow that ships has a test file without a mistake")
    func filesAreClean() throws {
        #expect(!House.items.isEmpty)
        for item in House.items {
            #expect(item.file.findings.map { "\($0.file):\($0.span.start): \($0.message)" } == [])
            #expect(item.played != nil)
        }
        let played = Set(House.items.compactMap { $0.played?.version.file })
        for flow in try CaseFolder.flowFiles([House.flows, House.examples]) {
            #expect(played.contains(flow), "no test file for \(flow)")
        }
    }

    @Test("a case comes out as it says, and as it was recorded", arguments: House.cases)
    func conversation(_ shipped: Shipped) async throws {
        let played = try #require(shipped.item.played)
        let wanted = try #require(shipped.wanted)
        let result = await Player(played).play(wanted)
        #expect(result.failures == [])
        let transcript = Transcript(played.flow).text(result)
        if House.isRecording {
            try CaseFolder.write(transcript, to: shipped.path)
            return
        }
        let golden = FileManager.default.contents(atPath: shipped.path).map { String(decoding: $0, as: UTF8.self) }
        #expect(golden == transcript, "FLOWD_RECORD=1 swift test records it anew: \(shipped.path)")
    }

    @Test("a call survives doubled, late and swapped events", arguments: House.cases)
    func adversary(_ shipped: Shipped) async throws {
        let played = try #require(shipped.item.played)
        let player = Player(played)
        let baseline = await player.play(try #require(shipped.wanted))
        #expect(await Adversary(player: player, baseline: baseline).failures() == [])
    }

    @Test("the cases take every edge of every flow")
    func coverage() async throws {
        let run = await TestPlan(minimumEdges: 100).run(House.items)
        #expect(run.uncovered.map(\.flow.name) == [])
        #expect(run.hasPassed)
    }

    @Test("no way through a flow that ships is silent or endless")
    func exhaustive() throws {
        for item in House.items {
            let played = try #require(item.played)
            let result = ExhaustiveWalk(played.flow).run()
            #expect(result.isClean, "\(result.text())")
        }
    }

    @Test("no conversation is kept of a case that is gone")
    func noOrphans() throws {
        let known = Set(House.cases.map(\.path))
        for flow in try FileManager.default.contentsOfDirectory(atPath: House.conversations) {
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(House.conversations)/\(flow)") {
                #expect(known.contains("\(House.conversations)/\(flow)/\(name)"), "\(flow)/\(name)")
            }
        }
    }
}
