import Testing

@testable import FlowCore

@Suite("The binary form of a run")
struct CodecTests {
    private static let start = Timestamp(milliseconds: 1_750_000_000_123)

    private static func call(_ text: String = "9f1c2d3e-4b5a-4c6d-8e7f-001122334455") throws -> RunID {
        try #require(RunID(.call, text))
    }

    /// A run in which everything is set that can be.
    private static func rich(_ waiting: Run.Waiting = .nothing) throws -> Run {
        let call = try call()
        let version = VersionID(digest: Array(1...32))
        var run = Run(call: call, flow: "support", version: version, startedAt: start, nodes: 3)
        run.status = .delivering
        run.turn = 7
        run.waiting = waiting
        run.callEnded = true
        run.hangup = Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 71)
        run.endedAt = start + 80
        run.wake = start + 90
        run.from = "+14155550100"
        run.to = "+14155550101"
        run.direction = "inbound"
        run.dials = 2
        run.values[0] = [.text("é 🎈"), .missing, .boolean(true), .null, .number("-1.50e3")]
        run.values[2] = [.object([.init("a", .list([.text(""), .boolean(false)])), .init("", .object([]))])]
        run.path = [.init(node: 0, outcome: 0, at: start), .init(node: 2, at: start + 71)]
        run.notes = ["\"x\" was not there"]
        run.answers = [.init(turn: 0, bytes: Array("<Response/>".utf8)), .init(turn: 1, bytes: [])]
        run.outstanding = [EffectKey(call: call, flow: "support", version: version, node: 2, visit: 300)]
        run.ordered = 4
        return run
    }

    private static func waits() throws -> [Run.Waiting] {
        let key = EffectKey(call: try call("not a uuid"), flow: "a", version: VersionID(digest: []), node: 0, visit: 0)
        var dial = AwaitedDial(
            node: 1,
            targets: [.number("+12025551234"), .user("sip:a@b.example")],
            index: 1,
            callerID: "+14155550100",
            startedAt: start
        )
        let bare = dial
        dial.answeredAt = start + 9
        dial.bLegUUID = "b-leg"
        dial.answeredBy = "+12025551234"
        dial.duration = -1
        dial.hangup = Hangup(callStatus: "cancel", cause: "", billDuration: .max)
        var target = SecretText("/x?key=")
        let filters = [Filter(.default, ["none"]), Filter(.slice, ["0", "2"]), Filter(.json)]
        target.append(.secret(name: "API_KEY", filters: filters, place: .form))
        var request = OutboundRequest(method: "POST", origin: "https://app.example:443", target: target, timeout: 10)
        request.headers = [.init("X-A", SecretText("b"))]
        request.authorization = .basic(username: SecretText("u"), password: target)
        request.body = SecretText(String(repeating: "é", count: 200))
        var other = request
        other.authorization = .bearer(target)
        return [
            .nothing, .delivery(key), .dial(bare), .dial(dial),
            .request(AwaitedRequest(key: key, request: request, webhookAt: start, until: start + 12, steps: 3)),
            .request(AwaitedRequest(key: key, request: other, webhookAt: start, until: start, steps: 0)),
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
        for waiting in try Self.waits() {
            var run = try Self.rich(waiting)
            let read = try Self.decoded(Self.encoded(run))
            if case .dial(var dial) = waiting, dial.hangup != nil {
                // Cut off to what is read again, rather than written and lost.
                dial.hangup?.billDuration = Int(Int32.max)
                run.waiting = .dial(dial)
            }
            #expect(read == run)
        }
    }

    @Test("is refused wherever it is cut off, and with anything behind it")
    func truncated() throws {
        for waiting in try Self.waits() {
            let bytes = Self.encoded(try Self.rich(waiting))
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
            let noise = [1] + (0..<count % 300).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
            _ = try? Self.decoded(noise)
        }
    }

    @Test("of a typical call takes less than 700 bytes")
    func size() throws {
        let call = try Self.call()
        let version = VersionID(digest: 1...8)
        var run = Run(call: call, flow: "dial-status", version: version, startedAt: Self.start, nodes: 3)
        run.from = "+14155550100"
        run.to = "+14155550101"
        run.direction = "inbound"
        run.turn = 1
        run.path = [.init(node: 0, outcome: 0, at: Self.start), .init(node: 1, at: Self.start)]
        run.values[0] = [.text("+14155550100"), .text("+14155550101"), .text("inbound"), .text(call.text)]
        run.waiting = .dial(
            AwaitedDial(
                node: 1,
                targets: [.number("+12025551234"), .number("+12025555678")],
                index: nil,
                callerID: "+14155550100",
                startedAt: Self.start
            )
        )
        run.wake = Self.start + 14_500
        let answer = """
            <?xml version="1.0" encoding="UTF-8"?><Response><Dial action="https://flows.example.com/flows/dial-status/\
            0102030405060708/1/1#ct=2000&amp;rt=15000&amp;rc=5&amp;rp=ct,rt,5xx" callerId="+14155550100" timeout="30" \
            timeLimit="14400"><Number>+12025551234</Number><Number>+12025555678</Number></Dial></Response>
            """
        run.answers = [.init(turn: 0, bytes: Array(answer.utf8))]
        let count = Self.encoded(run).count
        #expect(count < 700)
        #expect(count - answer.utf8.count < 270)
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
