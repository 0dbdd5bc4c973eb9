import FlowCore
import FlowDocument
import Testing

/// Sensitive values: in the run's vault and nowhere else.
@Suite("Sensitive input")
struct SensitiveTests {
    private static let pin = "8731"

    private static func interpreter(_ next: String = "Told") throws -> Interpreter {
        try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Pin}}
                  Pin:
                    type: get_input
                    speak: Enter your PIN.
                    min_digits: 4
                    sensitive: true
                    attempts: 2
                    transitions: {input: \(next), no_input: end, invalid_input: end}
                  Told:
                    type: http_request
                    url: http://127.0.0.1:5000/told/<<Pin.digits>>?q=<<Pin.input>>
                    params: {p: <<Pin.Digits>>}
                    headers: {X-Pin: "<<Pin.input>>"}
                    auth: {basic: {username: <<Pin.input>>, password: a}}
                    body:
                      pin: <<Pin.input>>
                      last: '<<Pin.input | slice: 2, 2>>'
                      whole: "PIN <<Pin.digits>>!"
                      tried: <<Pin.attempts>>
                    transitions: end
                  Spoken:
                    type: play_audio
                    speak: You entered <<Pin.input>>.
                    transitions: Dial
                  Dial:
                    type: call_forward
                    to: +12025551234, <<Pin.input>>
                    caller_name: <<Pin.input>>
                    transitions: end
                """
            )
        )
    }

    private func entered(_ interpreter: Interpreter, _ all: [String] = [pin]) throws -> Turn {
        var turn = try interpreter.start(callID(), caller, at: noon)
        for (index, digits) in all.enumerated() {
            let event = try event("result", index + 1, [("Digits", digits)])
            turn = try #require(interpreter.handle(event, turn.run, at: noon + index + 1))
        }
        return turn
    }

    /// The bytes of a run but for its vault.
    private func shown(_ run: Run) -> String {
        var run = run
        run.vault = Vault()
        var writer = ByteWriter()
        writer.write(run)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `a request refers to it in body and headers alone, and shows dots`() throws {
        let turn = try entered(Self.interpreter())
        let request = try #require(turn.orders.first?.request)
        #expect(request.body.redacted == "pin=•••&last=•••&whole=PIN+•••%21&tried=1")
        #expect(request.headers.first { $0.name == "X-Pin" }?.value.redacted == "•••")
        #expect(request.target.redacted == "/told/?q=&p=")
        #expect(request.authorization == .basic(username: SecretText(), password: SecretText("a")))
        #expect(turn.notes == Array(repeating: "sensitive-left-out", count: turn.notes.count))
        #expect(turn.run.notes.map { $0.values[0] } == ["Pin.digits", "Pin.input", "Pin.Digits", "Pin.input"])
        #expect(request.body.resolved(turn.run.vault) { _ in nil } == "pin=8731&last=31&whole=PIN+8731%21&tried=1")
        #expect(!shown(turn.run).contains(Self.pin))
        var writer = ByteWriter()
        writer.write(request)
        #expect(!String(decoding: writer.bytes, as: UTF8.self).contains(Self.pin))
    }

    @Test func `what Plivo is told has none of it, with a note`() throws {
        let turn = try entered(Self.interpreter("Spoken"))
        #expect(
            turn.document?.first == .speak(Speak("You entered .", voice: "WOMAN", language: "en-US", loop: 1))
        )
        #expect(turn.dial?.targets.map(\.text) == ["+12025551234"])
        #expect(turn.dial?.callerName == "")
        #expect(turn.notes.count { $0 == "sensitive-left-out" } == 2)
        #expect(!shown(turn.run).contains(Self.pin))
    }

    @Test func `values show dots, in lists of JSON too`() throws {
        let interpreter = try Self.interpreter("Spoken")
        let run = try entered(interpreter).run
        let description = interpreter.flow.nodes[1].description
        for name in ["input", "digits", "Digits"] {
            let value = try #require(description.value(name).map { run.values[1][$0] })
            #expect(value.rendered == "•••")
            #expect(Datum.list([value]).json == "[\"•••\"]")
            #expect(!value.isEmpty)
        }
    }

    @Test func `a wrong PIN is as sensitive, and the record says how each attempt ended`() throws {
        let turn = try entered(Self.interpreter("Spoken"), ["87", "8731"])
        #expect(!shown(turn.run).contains("87"))
        #expect(turn.run.path[1].heard.map { "\($0.key) \($0.word)" } == ["outcome invalid_input", "outcome input"])
        #expect(turn.run.path[1].heard.flatMap(\.parameters) == [])
    }

    @Test func `it is wiped when the run is over, and not while a delivery needs it`() throws {
        let interpreter = try Self.interpreter()
        let turn = try entered(interpreter)
        #expect(turn.run.status == .delivering)
        #expect(!turn.run.vault.isEmpty)
        let key = try #require(turn.orders.first?.key)
        let ended = Event.requestEnded(key, RequestResult(statusCode: 200))
        let last = try #require(interpreter.handle(ended, turn.run, at: noon + 60))
        #expect(last.run.status == .finished)
        #expect(last.run.vault.isEmpty)
    }

    @Test func `a failed run keeps it until its deliveries have ended`() throws {
        let interpreter = try Self.interpreter()
        var run = try entered(interpreter).run
        let key = try #require(run.wait?.deliveries.first)
        run.wait = nil
        run.status = .failed
        run.outstanding = [key]
        run.wipeIfOver()
        #expect(!run.vault.isEmpty)
        let ended = Event.requestEnded(key, RequestResult(statusCode: 200))
        let last = try #require(interpreter.handle(ended, run, at: noon + 60))
        #expect(last.run.status == .failed)
        #expect(last.run.vault.isEmpty)
    }

    @Test func `a run that ends without a report has wiped it already`() throws {
        let turn = try entered(Self.interpreter("end"))
        #expect(turn.run.hasEnded)
        #expect(turn.run.vault.isEmpty)
    }

    @Test func `a run that is given up has wiped it`() throws {
        var run = try entered(Self.interpreter()).run
        run.giveUp(Note(.givenUp), at: noon + 60)
        #expect(run.vault.isEmpty)
    }

    @Test func `a rebuilt run has it in no value of the start's, and gives other numbers than the run before`() throws {
        let interpreter = try Self.interpreter()
        let before = try entered(interpreter).run
        var parameters = caller
        parameters.append("Digits", "6502")
        let event = Event.rebuilt(Callback("result", turn: 9, parameters), try step(9), hangup: nil)
        let turn = try #require(interpreter.handle(event, nil, at: noon))
        #expect(!shown(turn.run).contains("6502"))
        var run = turn.run
        run.inherit(from: before)
        let old = try #require(before.wait?.deliveries.count)
        #expect(old == 1)
        let request = try #require(turn.orders.first?.request)
        #expect(request.body.resolved(run.vault) { _ in nil }.hasPrefix("pin=6502&"))
        for number in try entered(interpreter).orders[0].request.body.sealed { #expect(run.vault.text(number) != nil) }
    }

    @Test func `a run with a vault comes back from its bytes`() throws {
        let run = try entered(Self.interpreter()).run
        var writer = ByteWriter()
        writer.write(run)
        var reader = ByteReader(writer.bytes)
        #expect(try Run(decoding: &reader) == run)
    }
}
