import FlowCore
import FlowWeb
import Plivo
import Testing

@Suite("A webhook")
struct WebhookTests {
    private static let uuid = "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"

    enum Kind { case call, message, hangup }

    private static let kinds: [(query: String, kind: Kind)] = [
        ("CallUUID=c&CallStatus=ringing&Event=StartApp", .call),
        ("CallUUID=c", .call),
        ("CallUUID=c&CallStatus=in-progress&HangupCause=NORMAL_CLEARING", .call),
        ("CallUUID=c&CallStatus=completed", .call),
        ("CallUUID=c&CallStatus=completed&HangupCause=NORMAL_CLEARING&DialStatus=busy", .call),
        ("CallUUID=c&Event=Redirect&DialStatus=completed", .call),
        ("CallUUID=c&Event=Hangup", .hangup),
        ("CallUUID=c&Event=Hangup&DialStatus=busy", .hangup),
        ("CallUUID=c&CallStatus=completed&HangupCause=NORMAL_CLEARING", .hangup),
        ("CallUUID=c&CallStatus=completed&HangupCause=NORMAL_CLEARING&DialStatus=", .hangup),
        ("CallUUID=c&CallStatus=busy&HangupCause=USER_BUSY", .hangup),
        ("CallUUID=c&CallStatus=failed&HangupCause=", .hangup),
        ("CallUUID=c&CallStatus=timeout&HangupCause=X", .hangup),
        ("CallUUID=c&CallStatus=no-answer&HangupCause=X", .hangup),
        ("CallUUID=c&CallStatus=cancel&HangupCause=ORIGINATOR_CANCEL", .hangup),
        ("MessageUUID=c&From=1&Text=hi", .message),
        ("CallUUID=x&MessageUUID=c&Event=Hangup", .message),
    ]

    @Test("is told by its parameters, in this order", arguments: kinds)
    func classification(query: String, kind: Kind) throws {
        let webhook = try Webhook(FormReader.read(query: query))
        switch (webhook, kind) {
        case (.call(let id), .call), (.hangup(let id, _), .hangup): #expect(id == RunID(.call, "c"))
        case (.message(let id), .message): #expect(id == RunID(.message, "c"))
        default: Issue.record("\(query) is \(webhook)")
        }
        #expect(webhook.id.text == "c")
    }

    private static let refused: [(query: String, reason: String)] = [
        ("", #"no plivo webhook: neither "CallUUID" nor "MessageUUID" is there"#),
        ("calluuid=c&Event=Hangup", #"no plivo webhook: neither "CallUUID" nor "MessageUUID" is there"#),
        ("CallUUID=", #""CallUUID" is empty"#),
        ("CallUUID=&Event=Hangup", #""CallUUID" is empty"#),
        ("MessageUUID=&CallUUID=c", #""MessageUUID" is empty"#),
        ("CallUUID=" + String(repeating: "c", count: 129), #""CallUUID" has 129 bytes, more than 128"#),
        ("MessageUUID=" + String(repeating: "%FF", count: 43), #""MessageUUID" has 129 bytes, more than 128"#),
    ]

    @Test("that is none is refused in one line", arguments: refused)
    func refusals(query: String, reason: String) {
        #expect(throws: Refusal(reason)) { try Webhook(FormReader.read(query: query)) }
    }

    @Test("of the longest identifier is taken")
    func longest() throws {
        let id = String(repeating: "c", count: 128)
        #expect(try Webhook(Parameters([("CallUUID", id)])).id.text == id)
    }

    private static let hangups: [(query: String, hangup: Hangup)] = [
        (
            "CallUUID=c&Event=Hangup&CallStatus=completed&HangupCause=NORMAL_CLEARING&BillDuration=60&HangupCauseCode=4000",
            Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 60, causeCode: "4000")
        ),
        ("CallUUID=c&Event=Hangup", Hangup(callStatus: "", cause: "", billDuration: 0)),
        ("CallUUID=c&Event=Hangup&BillDuration=-5", Hangup(callStatus: "", cause: "", billDuration: 0)),
        (
            "CallUUID=c&Event=Hangup&BillDuration=99999999999999999999",
            Hangup(callStatus: "", cause: "", billDuration: 0)
        ),
    ]

    @Test("that is a hangup says how the call ended", arguments: hangups)
    func hangup(query: String, hangup: Hangup) throws {
        #expect(try Webhook(FormReader.read(query: query)) == .hangup(#require(RunID(.call, "c")), hangup))
    }

    private static let version = VersionID(digest: Array(repeating: 0xAB, count: 32))

    @Test("to a step's action is of the call that comes along, or of the run in the path")
    func callbacks() throws {
        let parameters = Parameters([("CallUUID", Self.uuid), ("DialStatus", "busy")])
        var path = CallbackPath(flow: "x", version: Self.version, node: 2, turn: 3, name: "result")
        let arrival = try Arrival(at: .callback(path), parameters)
        let call = try #require(RunID(.call, Self.uuid))
        let step = StepAddress(run: call, flow: "x", version: Self.version, node: 2, turn: 3)
        guard case .callback(Callback("result", turn: 3, parameters), step) = arrival.kind else {
            Issue.record("\(arrival.kind)")
            return
        }
        #expect(arrival.run == call)
        #expect(!arrival.holdsToken)

        path.run = RunID(.own, "o")
        path.token = "t"
        let own = try Arrival(at: .callback(path), parameters)
        #expect(own.run == RunID(.own, "o"))
        #expect(own.holdsToken)
    }

    @Test("to a step's action without a call is refused")
    func noCall() {
        let path = CallbackPath(flow: "x", version: Self.version, node: 2, turn: 3, name: "result")
        #expect(throws: Refusal(#"no plivo webhook: "CallUUID" is not there"#)) {
            try Arrival(at: .callback(path), Parameters([("DialStatus", "busy")]))
        }
    }
}
