import FlowCore
import FlowDocument
import FlowFiles
import FlowHost
import FlowStore
import FlowTesting
import Logging
import Testing

/// Events that come together, too often, to several processes, and after a change of the flow.
@Suite
final class SideRunReliabilityTests: Sendable {
    private let store = MemoryStore()
    private let clock = VirtualClock()
    private let log = LogBook(level: .info)
    private let call: RunID

    init() throws {
        call = try #require(RunID(.call, "9f1c2d3e-0000-4000-8000-000000000003"))
    }

    private static let text = """
        nodes:
          Start: {type: start, transitions: {incoming_call: Forward}}
          Forward:
            type: call_forward
            to: +12025551234
            record: true
            events: {recording: Heard}
            transitions: end
          Heard: {type: counter, max: 1, transitions: end}
        """

    private func host(_ worker: Int64, _ text: String = text) async throws -> Host {
        let source = Array(text.utf8)
        let version = FlowVersion(flow: "line", file: "line.yaml", format: .yaml, source: source)
        let flow = try builtFlow(text, name: "line", version: version.id)
        let host = Host(
            flows: FlowSet(),
            store: store,
            courier: ScriptedCourier(),
            inbox: DeliveryInbox(),
            worker: WorkerID(worker),
            render: { $0.isEmpty ? Array("nothing".utf8) : Array("\($0.count) verbs".utf8) },
            now: { [clock] in clock.now() },
            logger: log.logger
        )
        try await host.install(FlowSet.make([flow]).set, versions: [version])
        return host
    }

    private func begin(_ host: Host) async throws -> Run {
        let parameters = Parameters([("CallUUID", call.text), ("From", "14155551234"), ("To", "14155550100")])
        _ = await host.answer(Arrival(kind: .call, run: call, target: .flow("line"), parameters: parameters))
        return try await run()
    }

    private func run() async throws -> Run { try #require(try await store.record(of: call)?.runs.last) }

    private func recording(_ id: String, of run: Run) -> Arrival {
        let said = Parameters([("RecordUrl", "https://media.example/\(id)"), ("RecordingID", id)])
        let step = StepAddress(run: run.id, flow: run.flow, version: run.version, node: 1, turn: 1)
        var arrival = Arrival(
            kind: .callback(Callback("event", turn: 1, said), step),
            run: run.id,
            target: .flow(run.flow),
            parameters: said
        )
        arrival.holdsToken = true
        return arrival
    }

    private func isNothing(_ answer: HostAnswer) -> Bool {
        guard case .answer(let bytes) = answer else { return false }
        return bytes == Array("nothing".utf8)
    }

    @Test func `of many copies that come at once to two processes one begins a side run`() async throws {
        let hosts = [try await host(1), try await host(2)]
        let run = try await begin(hosts[0])
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<60 {
                let (host, arrival) = (hosts[number % 2], recording("r\(number % 3)", of: run))
                group.addTask { self.isNothing(await host.answer(arrival)) }
            }
            for await isNothing in group { #expect(isNothing) }
        }
        #expect(try await self.run().sideRuns.count == 3)
        #expect(try await store.calls(RunQuery()).count == 4)
        #expect(hosts.reduce(0) { $0 + $1.counters.sideRuns } == 3)
        #expect(hosts.reduce(0) { $0 + $1.counters.duplicates } == 57)
    }

    @Test func `a run begins two hundred side runs, and says once that it begins no more`() async throws {
        let host = try await host(1)
        let run = try await begin(host)
        for number in 0..<205 { #expect(isNothing(await host.answer(recording("r\(number)", of: run)))) }
        // One that began is still a copy, and the others still begin nothing.
        #expect(isNothing(await host.answer(recording("r7", of: run))))
        let ended = try await self.run()
        #expect(ended.sideRuns.count == 200 && Set(ended.sideRuns).count == 200)
        #expect(ended.notes == [Note(.sideRunLimit, node: 1, "200", "recording")])
        #expect(try await store.calls(RunQuery(limit: 1_000)).count == 201)
        #expect(log.lines.count { $0.contains("its events begin no more") } == 1)
        #expect(host.counters.sideRunLimits == 1)
        #expect(host.counters.sideRuns == 200)
        let flow = try #require(try await host.flow(run.version))
        #expect(
            ended.notes[0].text(in: flow)
                == "events of this run have begun 200 side runs: no more are begun, \"recording\" of \"Forward\" was the first without"
        )
    }

    @Test func `a side run goes on the version of its run, whatever is live, and in a process that began later`()
        async throws
    {
        let run = try await begin(try await host(1))
        let later = try await host(2, Self.text.replacing("events: {recording: Heard}", with: ""))
        #expect(later.flows[version: run.version] == nil)
        #expect(isNothing(await later.answer(recording("r1", of: run))))
        let side = try #require(try await self.run().sideRuns.first)
        let begun = try #require(try await store.record(of: side)?.runs.last)
        #expect(begun.version == run.version)
        #expect(begun.status == .finished)
        #expect(begun.path.map(\.node) == [2])
    }

    @Test func `an event of a run that no store knows is answered with nothing, and refused aloud`() async throws {
        let host = try await host(1)
        let flow = try #require(host.flows[name: "line"])
        let run = Run(id: call, flow: flow, startedAt: clock.now())
        guard case .refused(let bytes, let refusal) = await host.answer(recording("r1", of: run)) else {
            Issue.record("it was not refused")
            return
        }
        #expect(bytes == Array("nothing".utf8))
        #expect(refusal == .event("recording", flow: "line"))
        #expect(try await store.calls(RunQuery()).isEmpty)
    }

    @Test func `an event is of the call that its URL names, whatever call comes along`() async throws {
        let host = try await host(1)
        let run = try await begin(host)
        var arrival = recording("r1", of: run)
        arrival.parameters.append("CallUUID", "another call")
        #expect(isNothing(await host.answer(arrival)))
        #expect(try await self.run().sideRuns.count == 1)
        #expect(try await store.calls(RunQuery()).count == 2)
    }

    @Test func `side runs are pruned like calls, and what comes of them then begins nothing`() async throws {
        let host = try await host(1)
        let run = try await begin(host)
        _ = await host.answer(recording("r1", of: run))
        let hangup = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 1)
        let said = Parameters([("CallUUID", call.text)])
        _ = await host.answer(Arrival(kind: .hangup(hangup), run: call, target: .flow("line"), parameters: said))
        clock.move(10)
        _ = try await host.wakeDue()
        #expect(try await self.run().hasEnded)
        _ = try await store.prune(before: clock.now() + 1, batch: 100)
        #expect(try await store.calls(RunQuery()).isEmpty)
        guard case .refused = await host.answer(recording("r2", of: run)) else {
            Issue.record("it was not refused")
            return
        }
        #expect(try await store.calls(RunQuery()).isEmpty)
    }
}
