import Testing

@testable import FlowCore

@Suite("The binary form of a run")
struct CodecTests {
    private static let start = Timestamp(milliseconds: 1_750_000_000_123)

    private static func call(_ text: String = "9f1c2d3e-4b5a-4c6d-8e7f-001122334455") throws -> RunID {
        try #require(RunID(.call, text))
    }

    /// A run in which everything is set that can be.
    private static func rich(_ wait: Wait? = nil) throws -> Run {
        let id = try call()
        let version = VersionID(digest: Array(1...32))
        var run = Run(id: id, flow: "support", version: version, startedAt: start, nodes: 3)
        run.status = .delivering
        run.turn = 7
        run.wait = wait
        let hangup = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 71, causeCode: "4000")
        run.call = CallState(uuid: id.text, isOver: true, hangup: hangup, dials: 2)
        run.endedAt = start + 80
        run.from = "+14155550100"
        run.to = "+14155550101"
        run.direction = "inbound"
        run.values[0] = [.text("é 🎈"), .missing, .boolean(true), .null, .number("-1.50e3")]
        run.values[2] = [.object([.init("a", .list([.text(""), .boolean(false)])), .init("", .object([]))])]
        run.path = [.init(node: 0, outcome: 0, at: start), .init(node: 2, at: start + 71, turn: 6)]
        run.path[1].heard = [
            .init("dial", "busy", at: start + 70, [("DialStatus", "busy"), ("DialHangupCause", "")]),
            .init(Run.Heard.hangup, at: start + 71),
        ]
        run.path[1].details = .object([.init("legs", .list([.text("x")]))])
        run.notes = [Note(.missingValue, node: 2, "x"), Note(.noStart)]
        run.answers = [.init(turn: 0, bytes: Array("<Response/>".utf8)), .init(turn: 1, bytes: [])]
        run.outstanding = [
            EffectKey(run: id, flow: "support", version: version, node: 2, visit: 300),
            EffectKey(run: id, flow: "support", version: version, node: 2, visit: 300, ordinal: 99),
        ]
        run.ordered = 4
        run.variables = [.text(""), .text("é")]
        return run
    }

    private static func waits() throws -> [Wait?] {
        let key = EffectKey(run: try call("not a uuid"), flow: "a", version: VersionID(digest: []), node: 0, visit: 0)
        let memory = Datum.object([.init("targets", .list([.text("+12025551234")])), .init("index", .number("1"))])
        var target = SecretText("/x?key=")
        let filters = [Filter(.default, ["none"]), Filter(.slice, ["0", "2"]), Filter(.json)]
        target.append(.secret(name: "API_KEY", filters: filters, escaping: .form))
        var request = OutboundRequest(method: "POST", origin: "https://app.example:443", target: target, timeout: 10)
        request.headers = [.init("X-A", SecretText("b"))]
        request.authorization = .basic(username: SecretText("u"), password: target)
        request.body = SecretText(String(repeating: "é", count: 200))
        var other = request
        other.authorization = .bearer(target)
        var deliveries = Wait(node: 2, for: .deliveries)
        deliveries.deliveries = [key, key]
        var asks = Wait(node: 0, for: .request, until: start + 72)
        asks.request = PendingRequest(key: key, request: request, webhookAt: start, until: start + 12, steps: 3)
        var asksOther = Wait(node: 0, for: [.request, .callback])
        asksOther.request = PendingRequest(key: key, request: other, webhookAt: start, until: start, steps: 0)
        return [
            nil, deliveries, Wait(node: 3, for: [], until: start + 2_592_000),
            Wait(node: 1, for: .callback, state: memory, until: start + 90, hangupGrace: 3), asks,
            asksOther,
        ]
    }

    private static func encoded(_ run: Run) -> [UInt8] {
        var writer = ByteWriter()
        run.encode(into: &writer)
        return writer.bytes
    }

    private static func decoded(_ bytes: [UInt8]) throws -> Run {
        var reader = ByteReader(bytes)
        let run = try Run(decoding: &reader)
        try reader.finish()
        return run
    }

    @Test("gives the same run again, whatever it waits for")
    func roundTrip() throws {
        for wait in try Self.waits() {
            let run = try Self.rich(wait)
            #expect(try Self.decoded(Self.encoded(run)) == run)
        }
    }

    @Test("keeps the fields that it does not know, and writes them back")
    func unknownFields() throws {
        var run = try Self.rich(Self.waits()[2])
        // A newer flowd's fields, with tags far beyond those of today, at the end of the run, its wait and its call.
        let newer: (UInt64) throws -> UnknownFields = { tag in
            var writer = ByteWriter()
            writer.field(tag, "something new")
            writer.field(tag + 1) { $0.write(unframed: Array(repeating: 7, count: 300)) }
            var reader = ByteReader(writer.bytes)
            return try reader.fields { _, _ in false }
        }
        run.unknownFields = try newer(900)
        run.wait?.unknownFields = try newer(1_000)
        run.call.unknownFields = try newer(1_100)
        let read = try Self.decoded(Self.encoded(run))
        #expect(read == run)
        #expect(!read.unknownFields.isEmpty)
        #expect(Self.encoded(read) == Self.encoded(run))
    }

    @Test("is refused wherever it is cut off, and with anything behind it")
    func truncated() throws {
        for wait in try Self.waits() {
            let bytes = Self.encoded(try Self.rich(wait))
            for count in bytes.indices {
                #expect(throws: CodecError.self) { try Self.decoded(Array(bytes[..<count])) }
            }
            #expect(throws: CodecError.self) { try Self.decoded(bytes + [0]) }
        }
    }

    @Test("never traps, and what is read of it can be written and read again")
    func mutated() throws {
        var chance = Chance(state: 20_260_408)
        let samples = try Self.waits().map { Self.encoded(try Self.rich($0)) }
        for _ in 0..<20_000 {
            guard var bytes = samples.randomElement(using: &chance) else { continue }
            for _ in 0..<Int.random(in: 1...4, using: &chance) {
                guard let index = bytes.indices.randomElement(using: &chance) else { continue }
                switch Int.random(in: 0..<4, using: &chance) {
                case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &chance)
                case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
                case 2: bytes.remove(at: index)
                default: bytes.insert([0xFF, 0x80, 0x7F].randomElement(using: &chance) ?? 0, at: index)
                }
            }
            guard let run = try? Self.decoded(bytes) else { continue }
            #expect(try Self.decoded(Self.encoded(run)) == run)
        }
        for count in 0..<2_000 {
            let noise =
                [UInt8(count % 2 + 1)] + (0..<count % 300).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
            _ = try? Self.decoded(noise)
        }
    }

    @Test("of a typical call takes less than 760 bytes")
    func size() throws {
        let call = try Self.call()
        let version = VersionID(digest: 1...8)
        var run = Run(id: call, flow: "dial-status", version: version, startedAt: Self.start, nodes: 3)
        run.from = "+14155550100"
        run.to = "+14155550101"
        run.direction = "inbound"
        run.turn = 1
        run.path = [.init(node: 0, outcome: 0, at: Self.start), .init(node: 1, at: Self.start)]
        run.values[0] = [.text("+14155550100"), .text("+14155550101"), .text("inbound"), .text(call.text)]
        run.wait = Wait(
            node: 1,
            for: .callback,
            state: .object([
                .init("targets", .list([.text("+12025551234"), .text("+12025555678")])),
                .init("caller_id", .text("+14155550100")), .init("started_at", Datum(Self.start)),
            ]),
            until: Self.start + 14_500,
            hangupGrace: 3
        )
        let answer = """
            <?xml version="1.0" encoding="UTF-8"?><Response><Dial action="https://flows.example.com/flows/dial-status/\
            0102030405060708/1/1#ct=2000&amp;rt=15000&amp;rc=5&amp;rp=ct,rt,5xx" callerId="+14155550100" timeout="30" \
            timeLimit="14400"><Number>+12025551234</Number><Number>+12025555678</Number></Dial></Response>
            """
        run.answers = [.init(turn: 0, bytes: Array(answer.utf8))]
        let count = Self.encoded(run).count
        #expect(count < 760)
        #expect(count - answer.utf8.count < 330)
    }

    @Test("writes small numbers in a byte, and every number so that it is read again")
    func numbers() throws {
        for number in [0, -1, 63, -64, 64, 1 << 40, .max, .min] as [Int64] {
            var writer = ByteWriter()
            writer.write(number)
            var reader = ByteReader(writer.bytes)
            #expect(try reader.signed() == number)
            #expect((-64...63).contains(number) == (writer.bytes.count == 1))
        }
        var reader = ByteReader(Array(repeating: 0xFF, count: 11))
        #expect(throws: CodecError.self) { try reader.unsigned() }
    }

    @Test("has a limit of depth, beyond which a value is missing and bytes are refused")
    func depth() throws {
        var deep = Datum.text("x")
        for _ in 0..<500 { deep = .list([deep]) }
        var writer = ByteWriter()
        deep.encode(into: &writer)
        var reader = ByteReader(writer.bytes)
        #expect(throws: Never.self) { try Datum(decoding: &reader) }
        var hostile = ByteReader(Array(repeating: [6, 1] as [UInt8], count: 100_000).flatMap { $0 } + [0])
        #expect(throws: CodecError.self) { try Datum(decoding: &hostile) }
    }
}

/// A random sequence that is the same every time (SplitMix64, Steele, Lea and Flood, 2014).
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
