import FlowCore
import FlowDocument
import FlowFiles
import FlowHost
import FlowServer
import FlowStore
import FlowTesting
import FlowWeb
import Logging
import Plivo
import Synchronization
import Testing
import UnixSignals

/// A flowd in memory, with one flow, on ports that are free.
struct Fixture: Sendable {
    static let call = "11111111-2222-3333-4444-555555555555"
    static let token = "an-auth-token"
    static let publicURL = "http://flowd.test"
    static let start = Timestamp(milliseconds: 1_775_648_073_238)

    let application: FlowApplication
    let store: MemoryStore
    let log: RecordedLog
    let webhooks: Int
    let admin: Int

    static let dialStatus = """
        name: dial-status
        numbers: [+14155550100]
        nodes:
          Start:
            type: start
            transitions:
              incoming_call: Forward
          Forward:
            type: call_forward
            to: +12025551234
            screening:
              speak: press one
              key: 1
            transitions: Report
          Report:
            type: http_request
            url: https://example.com/dialstatus/action/
            body:
              DialStatus: <<Forward.DialStatus>>
        """

    /// Runs `body` against a flowd that listens, and stops it.
    ///
    /// - Parameters:
    ///   - secret: until it is up, changed flows lack a secret.
    ///   - reloadSignals: what asks for a look at the folder.
    static func run(
        flows: [String: String] = ["dial-status.yaml": dialStatus],
        courier: TestCourier = TestCourier(),
        reloads: Bool = false,
        signals: [UnixSignal] = [],
        secret: Flag? = nil,
        reloadSignals: [UnixSignal] = [],
        log: RecordedLog = RecordedLog(),
        _ configure: (inout ServeConfiguration) -> Void = { _ in },
        _ body: @Sendable @escaping (Fixture, TemporaryFolder) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder(flows)
        defer { folder.remove() }
        var configuration = ServeConfiguration(publicURL: try PublicURL(publicURL), version: "1.2.3")
        configuration.webhooks.port = 0
        configuration.admin.port = 0
        configure(&configuration)
        let store = MemoryStore()
        let flowFolder = FlowFolder([folder.path])
        let (since, contents) = (try flowFolder.list(), try flowFolder.read())
        try #require(!contents.hasErrors, "\(contents.findings)")
        let (ports, ready) = AsyncStream.makeStream(of: (Listener.Purpose, Int).self)
        let application = try await buildApplication(
            configuration,
            folder: reloads ? flowFolder : nil,
            contents: contents,
            since: since,
            store: store,
            courier: courier,
            worker: WorkerID(1),
            logger: Logger(label: "test") { _ in log },
            now: { start },
            // As of flowd serve, it has all findings, those of reading too.
            validate: { contents in
                guard let secret, !secret.isUp else { return contents.findings }
                return contents.findings + [
                    Finding(
                        Code("FD611", "missing-secret", .error),
                        "secret \"KEY\" is not there",
                        file: "a.yaml",
                        span: .start
                    )
                ]
            },
            reloadSignals: reloadSignals,
            onListening: { ready.yield(($0, $1)) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { ready.finish() }
                try await application.run(signals: signals)
            }
            var found: [Listener.Purpose: Int] = [:]
            for await (purpose, port) in ports {
                found[purpose] = port
                if found.count == 2 { break }
            }
            // It could not begin: why is thrown here.
            if found.count < 2 { try await group.waitForAll() }
            let fixture = Fixture(
                application: application,
                store: store,
                log: log,
                webhooks: try #require(found[.webhooks]),
                admin: try #require(found[.admin])
            )
            try await body(fixture, folder)
            group.cancelAll()
            do { try await group.waitForAll() } catch is CancellationError {}
        }
    }

    static func form(_ pairs: [(String, String)]) -> String {
        pairs.map { encoded($0) + "=" + encoded($1) }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            if character.isASCII, character.isLetter || character.isNumber || "-._".contains(character) {
                return String(character)
            }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" + digits : digits)
        }.joined()
    }

    static let callPairs = [
        ("CallUUID", call), ("From", "14155550123"), ("To", "14155550100"), ("CallStatus", "ringing"),
        ("Direction", "inbound"),
    ]

    /// The headers with which Plivo signs a POST.
    static func signature(_ path: String, _ pairs: [(String, String)], token: String = token) -> SignatureHeaders {
        let codes = SignatureVerifier(tokens: [token]).sign(
            url: publicURL + path,
            query: Parameters(),
            form: Parameters(pairs),
            nonce: "12345"
        )
        return SignatureHeaders(signature: codes.joined(separator: ","), nonce: "12345")
    }
}

/// Answers every request in the same way, after a while.
final class TestCourier: Courier {
    private let status: Int
    private let delay: Duration
    private let isAsked = Flag()

    init(status: Int = 200, delay: Duration = .zero) {
        self.status = status
        self.delay = delay
    }

    /// Whether a request came.
    var wasAsked: Bool { isAsked.isUp }

    func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply {
        isAsked.raise()
        try? await Task.sleep(for: delay)
        return CourierReply(RequestResult(statusCode: status))
    }
}

/// What was logged.
final class RecordedLog: LogHandler {
    private let lines = Mutex<[String]>([])

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    var logLevel: Logger.Level {
        get { .debug }
        set {}
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        lines.withLock { $0.append("\(event.level) \(event.message) \(pairs.joined(separator: " "))") }
    }

    var all: [String] { lines.withLock { $0 } }

    func all(containing text: String) -> [String] { lines.withLock { $0.filter { $0.contains(text) } } }
}
