import FlowCore
import FlowDocument
import FlowWeb
import Plivo

/// Times one step of everything a call goes through.
@main
struct Steps {
    static let flowText = """
        nodes:
          Start: {type: start, transitions: {incoming_call: Forward}}
          Forward: {type: call_forward, from: <<Start.call.from>>, to: "+12025551234, +12025555678", transitions: Report}
          Report:
            type: http_request
            url: http://127.0.0.1:5000/dialstatus/action/
            body: {caller: <<Start.call.from>>, DialStatus: <<Forward.DialStatus>>, DialALegUUID: <<Forward.DialALegUUID>>}
            transitions: end
        """

    static func main() throws {
        let build = FlowBuilder.build(source: Array(flowText.utf8), file: "dial-status.yaml", format: .yaml)
        guard let flow = build.flow, let call = RunID(.call, "5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11") else { return }
        let interpreter = Interpreter(flow)
        let form = Array(form(call.text).utf8)
        let parameters = try FormReader.read(form)
        let verifier = SignatureVerifier(tokens: ["an-auth-token"])
        let url = "https://calls.example.com/flows/dial-status"
        let signature = verifier.sign(url: url, query: Parameters(), form: parameters, nonce: "12345")[0]
        let headers = SignatureHeaders(signature: signature, nonce: "12345")
        let noon = Timestamp(milliseconds: 1_775_648_073_000)
        let beginning = Event.began(Beginning(call, parameters))
        guard let answered = interpreter.handle(beginning, nil, at: noon), let reply = answered.document else { return }
        let said = Parameters([
            ("DialStatus", "busy"), ("DialRingStatus", "true"), ("DialHangupCause", "USER_BUSY"),
            ("DialALegUUID", call.text), ("DialBLegUUID", ""),
        ])
        let step = StepAddress(run: call, flow: flow.name, version: flow.version, node: 1, turn: 1)
        let result = Event.callback(Callback(Callback.action, turn: 1, said), step)
        let answers = AnswerXML(
            addresses: WebhookAddresses(publicURL: try PublicURL("https://calls.example.com"), key: [])
        )
        let document = try answers.bytes(reply)
        var stored = answered.run
        stored.answers.append(Run.Answer(turn: 0, bytes: document))
        var writer = ByteWriter()
        stored.encode(into: &writer)
        let encoded = writer.bytes

        measure("read and build a flow of 500 bytes") {
            FlowBuilder.build(source: Array(flowText.utf8), file: "dial-status.yaml", format: .yaml).findings.count
        }
        measure("read a form of 20 parameters") { (try? FormReader.read(form).fields.count) ?? 0 }
        measure("verify its signature") {
            verifier.verify(method: .post, url: url, query: Parameters(), form: parameters, headers: headers) == .valid
                ? 1 : 0
        }
        measure("interpreter: answer a call") { interpreter.handle(beginning, nil, at: noon)?.run.turn ?? 0 }
        measure("interpreter: a dial's result and its report") {
            interpreter.handle(result, answered.run, at: noon + 20)?.orders.count ?? 0
        }
        measure("write an answer's XML") { (try? answers.bytes(reply).count) ?? 0 }
        measure("encode a run") {
            var writer = ByteWriter()
            stored.encode(into: &writer)
            return writer.bytes.count
        }
        measure("decode a run") {
            var reader = ByteReader(encoded)
            return (try? Run(decoding: &reader).turn) ?? 0
        }
        print("a run has \(encoded.count) bytes, an answer \(document.count)")
    }

    /// Runs a step for about half a second, in rounds, and prints the median of a round's nanoseconds.
    static func measure(_ name: String, _ step: () -> Int) {
        var sum = 0
        var rounds: [Double] = []
        let clock = ContinuousClock()
        for _ in 0..<25 {
            let count = 2_000
            let time = clock.measure { for _ in 0..<count { sum &+= step() } }
            rounds.append(
                Double(time.components.attoseconds) / 1e9 / Double(count) + Double(time.components.seconds) * 1e9
                    / Double(count)
            )
        }
        rounds.sort()
        let text = "\(Int(rounds[rounds.count / 2])) ns"
        print(name + String(repeating: " ", count: max(1, 50 - name.count)) + text + (sum == .min ? " " : ""))
    }

    static func form(_ call: String) -> String {
        "CallUUID=\(call)&From=14155551234&To=14155550100&CallStatus=ringing&Direction=inbound&Event=StartApp&BillRate=0.0085"
            + "&ParentAuthID=MAXXXXXXXXXXXXXXXXXX&SessionStart=2026-04-08+11%3A34%3A33.238707&RouteType=Landline_Inbound"
            + "&STIRVerification=Not+applicable&RequestUUID=\(call)&CallerName=%2B14155551234&ALegUUID=\(call)"
            + "&ALegRequestUUID=\(call)&SIP-H-To=%3Csip%3A14155550100%40phone.plivo.com%3Btransport%3Dudp%3E%3Btag%3D1"
            + "&ForwardedFrom=&X-PH-Account=gold&X-PH-Region=west&AnswerTime="
    }
}
