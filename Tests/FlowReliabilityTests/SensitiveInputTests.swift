import FlowCore
import FlowDocument
import FlowFiles
import FlowHost
import FlowStore
import FlowTesting
import Logging
import Synchronization
import Testing

/// What the log, the store and a courier see of a sensitive input.
@Suite("Sensitive input at the host")
final class SensitiveInputTests: Sendable {
    private static let pin = "8731"
    private static let text = """
        nodes:
          Start: {type: start, transitions: {incoming_call: Pin}}
          Pin: {type: get_input, sensitive: true, transitions: {input: Check, no_input: end, invalid_input: end}}
          Check:
            type: http_request
            url: http://127.0.0.1:5000/check
            body: {pin: <<Pin.input>>}
            transitions: {success: Shown, failed: end}
          Shown: {type: get_input, transitions: {input: Check, no_input: end, invalid_input: end}}
        """

    /// Keeps what each request would carry.
    private final class ReadingCourier: Courier {
        private let kept = Mutex<[String]>([])

        var bodies: [String] { kept.withLock { $0 } }

        func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply {
            kept.withLock { $0.append(request.body.resolved(request.vault) { _ in nil }) }
            return CourierReply(RequestResult(statusCode: 200))
        }
    }

    private let store = FailingStore(MemoryStore())
    private let courier = ReadingCourier()
    private let clock = VirtualClock()
    private let book = LogBook()
    private let version = FlowVersion(flow: "pin", file: "pin.yaml", format: .yaml, source: Array(text.utf8))

    @Test
    func `the courier gets it, and neither the log nor the record has it`() async throws {
        let (host, call) = (try await host(), try StoreSample.call(1))
        await begin(call, host)
        await press(Self.pin, call, host)
        #expect(courier.bodies == ["pin=8731"])
        let run = try #require(try await store.record(of: call)?.runs.first)
        #expect(run.wait?.node == 3)
        var shown = run
        shown.vault.wipe()
        var writer = ByteWriter()
        writer.write(shown)
        #expect(!String(decoding: writer.sealed(), as: UTF8.self).contains(Self.pin))
        #expect(book.lines.allSatisfy { !$0.contains(Self.pin) })
        #expect(book.lines.contains { $0.contains("step") })
    }

    @Test
    func `a result that the log alone has is told without it`() async throws {
        let (host, call) = (try await host(), try StoreSample.call(1))
        await begin(call, host)
        store.error = StoreError("database or disk is full", .full)
        await press(Self.pin, call, host)
        clock.move(6)
        await press(Self.pin, call, host)
        let lines = book.lines.filter { $0.contains("the result of a step is only in this line") }
        #expect(lines.count == 1)
        #expect(lines.allSatisfy { $0.contains("Digits=•••") && $0.contains("From=14155551234") })
        // Of a version that is not at hand nobody knows what is sensitive.
        await press(Self.pin, call, host, version: VersionID(digest: [1]))
        #expect(book.lines.allSatisfy { !$0.contains(Self.pin) })
        await press("6502", try StoreSample.call(2), host, node: 3)
        #expect(book.lines.contains { $0.contains("Digits=6502") })
    }

    // MARK: Support

    private func host() async throws -> Host {
        let build = FlowBuilder.build(source: version.source, file: version.file, format: .yaml, version: version.id)
        let host = Host(
            flows: FlowSet(),
            store: store,
            courier: courier,
            inbox: DeliveryInbox(),
            worker: WorkerID(1),
            render: { Array("\($0.count) verbs".utf8) },
            now: { [clock] in clock.now() },
            logger: book.logger
        )
        try await host.install(FlowSet.make([try #require(build.flow)]).set, versions: [version])
        return host
    }

    private func begin(_ call: RunID, _ host: Host) async {
        _ = await host.answer(Arrival(kind: .call, run: call, target: .flow("pin"), parameters: parameters(call)))
    }

    private func press(
        _ digits: String,
        _ call: RunID,
        _ host: Host,
        node: Int = 1,
        version: VersionID? = nil
    ) async {
        var parameters = parameters(call)
        parameters.append("Digits", digits)
        let step = StepAddress(run: call, flow: "pin", version: version ?? self.version.id, node: node, turn: 1)
        let kind = Arrival.Kind.callback(Callback(Callback.action, turn: 1, parameters), step)
        _ = await host.answer(Arrival(kind: kind, run: call, target: .flow("pin"), parameters: parameters))
    }

    private func parameters(_ call: RunID) -> Parameters {
        Parameters([("CallUUID", call.text), ("From", "14155551234"), ("To", "14155550100")])
    }
}
