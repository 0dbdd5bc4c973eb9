import FlowCore
import FlowDocument
import FlowFiles
import FlowHost
import FlowStore
import FlowTesting
import Logging
import Synchronization

/// Plays a scenario against a host that may die on the way, and starts it again as often as it does.
///
/// Plivo's part is played too: a webhook without an answer comes again ten seconds later.
actor Rehearsal {
    private let scenario: Scenario
    private let disk: any Store
    private let courier: ScriptedCourier
    private let call: RunID
    private let parameters: Parameters
    private let ladder = Ladder(steps: [1, 1, 1])
    private let clock = VirtualClock()
    private let replies = Replies()
    private var fault: (point: Failpoint, pass: Int)?
    private var process: Process
    private var starts = 0
    private var answers: [String] = []

    /// What dies together.
    private struct Process {
        var store: FaultyStore
        var inbox: DeliveryInbox
        var host: Host
        var worker: WorkerID
    }

    init(_ scenario: Scenario, on disk: any Store, dyingAt fault: (point: Failpoint, pass: Int)?) throws {
        let isMessage = scenario.flow == "message"
        guard let call = RunID(isMessage ? .message : .call, "9f1c2d3e-0000-4000-8000-000000000001") else {
            throw Crash()
        }
        self.scenario = scenario
        self.disk = disk
        self.fault = fault
        self.call = call
        courier = ScriptedCourier(scenario.answers)
        parameters = Parameters([
            (isMessage ? "MessageUUID" : "CallUUID", call.text), ("From", "14155551234"), ("To", "14155550100"),
        ])
        process = Self.process(FaultyStore(disk), WorkerID(0), courier, clock, replies)
    }

    /// - Returns: what is left, and how often each failpoint was passed by the last process.
    func play() async throws -> (ledger: Ledger, passed: [Failpoint: Int], starts: Int) {
        try await start()
        for act in scenario.acts { await play(act) }
        try await settle()
        return (try await ledger(), process.store.passed, starts)
    }

    /// How many turns the last process might have lost after it had answered them.
    var deferred: Int { process.store.deferred }

    // MARK: The process

    private static func process(
        _ store: FaultyStore,
        _ worker: WorkerID,
        _ courier: ScriptedCourier,
        _ clock: VirtualClock,
        _ replies: Replies
    ) -> Process {
        let inbox = DeliveryInbox()
        let host = Host(
            flows: FlowSet(),
            store: store,
            courier: courier,
            inbox: inbox,
            worker: worker,
            render: { replies.bytes($0) },
            now: { clock.now() },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return Process(store: store, inbox: inbox, host: host, worker: worker)
    }

    /// Begins as `flowd serve` does; the one before is buried, and dies only once.
    private func start() async throws {
        let store = FaultyStore(disk, dyingAt: starts == 0 ? fault : nil)
        starts += 1
        let next = Self.process(store, WorkerID(Int64(starts)), courier, clock, replies)
        try await disk.bury(process.worker)
        try await disk.beat(next.worker, at: clock.now())
        let source = Array((Scenario.flows[scenario.flow] ?? "").utf8)
        let version = FlowVersion(flow: scenario.flow, file: "\(scenario.flow).yaml", format: .yaml, source: source)
        let build = FlowBuilder.build(source: source, file: version.file, format: .yaml, version: version.id)
        guard let flow = build.flow, !build.hasErrors else { throw StoreError("\(build.findings)") }
        try await next.host.install(FlowSet.make([flow]).set, versions: [version])
        process = next
    }

    private func startAgainIfDead() async throws {
        if process.store.isDead { try await start() }
    }

    // MARK: Plivo

    private func play(_ act: Scenario.Act) async {
        guard let arrival = arrival(act) else { return await pause(act) }
        for _ in 0..<5 {
            let answer = await process.host.answer(arrival)
            if !process.store.isDead {
                if case .answer(let bytes) = answer {
                    answers.append(String(decoding: bytes, as: UTF8.self))
                } else {
                    answers.append("\(answer)")
                }
                return
            }
            // A dead process answers nobody.
            clock.move(10)
            try? await start()
        }
        answers.append("no answer")
    }

    private func arrival(_ act: Scenario.Act) -> Arrival? {
        let target = Arrival.Target.flow(scenario.flow)
        switch act {
        case .call: return Arrival(kind: .call, run: call, target: target, parameters: parameters)
        case .message: return Arrival(kind: .message, run: call, target: target, parameters: parameters)
        case .hangup(let status):
            let hangup = Hangup(callStatus: status, cause: "", billDuration: 0)
            return Arrival(kind: .hangup(hangup), run: call, target: target, parameters: parameters)
        case .result(let status):
            guard let step = replies.step else { return nil }
            var said = parameters
            for (name, value) in [
                ("DialStatus", status), ("DialRingStatus", "true"), ("DialHangupCause", "NORMAL_CLEARING"),
            ] {
                said.append(name, value)
            }
            let callback = Callback(Callback.action, turn: step.turn, said)
            return Arrival(kind: .callback(callback, step), run: call, target: target, parameters: said)
        case .recording(let id):
            guard var step = replies.step else { return nil }
            step.node = 1
            let said = Parameters([("RecordUrl", "https://media.example/\(id)"), ("RecordingID", id)])
            let callback = Callback("event", turn: 1, said)
            var arrival = Arrival(kind: .callback(callback, step), run: call, target: target, parameters: said)
            arrival.holdsToken = true
            return arrival
        case .pause: return nil
        }
    }

    private func pause(_ act: Scenario.Act) async {
        guard case .pause(let seconds) = act else { return answers.append("no dial to end") }
        clock.move(seconds)
    }

    // MARK: What goes on by itself

    /// Wakes, sends and starts again until nothing is left to do.
    private func settle() async throws {
        for _ in 0..<60 {
            do {
                try await process.host.wakeDue()
                try await deliver()
            } catch is Crash {}
            try await startAgainIfDead()
            let isOver = try await disk.audit().pending == 0
            if isOver, try await disk.record(of: call)?.wake == nil { return }
            clock.move(1)
        }
    }

    private func deliver() async throws {
        let found = try await process.store.claim(
            by: process.worker,
            at: clock.now(),
            limit: 100,
            perOrigin: 100,
            busy: [:]
        )
        for claimed in process.inbox.takeAll() + found {
            let (delivery, at) = (claimed.delivery, clock.now())
            let reply = await courier.send(delivery.request, id: delivery.id, limit: .seconds(1))
            let (attempt, next) = Delivery.Attempt.settle(
                delivery,
                reply.result,
                retryAfter: reply.retryAfter,
                ladder: ladder,
                began: at,
                ended: clock.now(),
                jitter: 0
            )
            try await process.host.attempted(claimed, attempt, next, reply.result)
        }
    }

    private func ledger() async throws -> Ledger {
        let record = try await disk.record(of: call)
        var ledger = Ledger()
        var runs = record?.runs ?? []
        var deliveries = try await disk.deliveries(of: call)
        for side in runs.flatMap(\.sideRuns) {
            runs += try await disk.record(of: side)?.runs ?? []
            deliveries += try await disk.deliveries(of: side)
        }
        ledger.status = runs.map(\.status)
        ledger.paths = runs.map { $0.path.map { "\($0.node):\($0.outcome.map(String.init) ?? "-")" } }
        ledger.reports = deliveries.map { Ledger.Report(id: $0.id, state: $0.state) }
        ledger.records = try await disk.calls(RunQuery()).count
        ledger.ids = courier.ids
        ledger.answers = answers
        ledger.balances = try await disk.audit().balances
        return ledger
    }
}

/// Documents as texts; it remembers where the last dial wants its result.
private final class Replies: Sendable {
    private let last = Mutex<StepAddress?>(nil)

    var step: StepAddress? { last.withLock { $0 } }

    func bytes(_ document: [Verb]) -> [UInt8] {
        guard case .dial(let dial)? = document.last, case .own(let action)? = dial.action else {
            return Array("\(document)".utf8)
        }
        let step = action.step
        last.withLock { $0 = step }
        return Array("dial \(dial.targets.map(\.text)), then \(step.node)/\(step.turn)".utf8)
    }
}
