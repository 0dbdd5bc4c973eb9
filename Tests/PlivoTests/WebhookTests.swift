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
            "CallUUID=c&Event=Hangup&CallStatus=completed&HangupCause=NORMAL_CLEARING&BillDuration=60&Duration=12",
            Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 60)
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

    @Test("to a dial's action says how the dial ended")
    func dialResult() throws {
        let parameters = try FormReader.read(
            query: "CallUUID=\(Self.uuid)&Event=Redirect&DialStatus=no-answer&DialRingStatus=true"
                + "&DialHangupCause=NO_ANSWER&DialALegUUID=\(Self.uuid)&DialBLegUUID="
        )
        let expected = DialResult(
            turn: 3,
            status: "no-answer",
            ringStatus: "true",
            hangupCause: "NO_ANSWER",
            aLegUUID: Self.uuid,
            bLegUUID: "",
            parameters: parameters
        )
        #expect(DialResult(parameters, turn: 3) == expected)
        #expect(try RunID.call(in: parameters) == RunID(.call, Self.uuid))
        #expect(DialResult(Parameters(), turn: 1).status.isEmpty)
    }

    @Test("to a dial's action without a call is refused")
    func noCall() {
        #expect(throws: Refusal(#"no plivo webhook: "CallUUID" is not there"#)) {
            try RunID.call(in: Parameters([("DialStatus", "busy")]))
        }
    }

    private static let legs: [(query: String, action: LegEvent.Action, duration: Int?)] = [
        ("DialAction=answer", .answered, nil),
        ("DialAction=connected", .connected, nil),
        ("DialAction=hangup&DialBLegDuration=17", .hungUp, 17),
        ("DialAction=digits&Event=DialAnswer", .other, nil),
        ("DialAction=new&DialBLegDuration=x", .other, nil),
        ("Event=DialAnswer", .answered, nil),
        ("Event=DialConnected", .connected, nil),
        ("Event=DialHangup&DialBLegDuration=0", .hungUp, 0),
        ("", .other, nil),
    ]

    @Test("to a dial's callback says what a leg did", arguments: legs)
    func leg(query: String, action: LegEvent.Action, duration: Int?) throws {
        let parameters = try FormReader.read(query: query + "&DialBLegUUID=b&DialBLegTo=%2B12025551234")
        let expected = LegEvent(turn: 2, action: action, bLegUUID: "b", to: "+12025551234", duration: duration)
        #expect(LegEvent(parameters, turn: 2) == expected)
    }
}
