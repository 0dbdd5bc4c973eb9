import FlowCore
import FlowTesting
import FlowWeb
import Plivo
import Testing

@Suite("An answer")
struct AnswerXMLTests {
    private let xml: AnswerXML
    private let step: StepAddress

    init() throws {
        xml = try AnswerXML(
            addresses: WebhookAddresses(publicURL: PublicURL("https://h.example"), key: Array("key".utf8))
        )
        step = try StepAddress(
            run: #require(RunID(.call, "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36")),
            flow: "x",
            version: VersionID(digest: Array(repeating: 0xAB, count: 32)),
            node: 2,
            turn: 13
        )
    }

    private func text(_ document: [Verb]) throws -> String { try String(decoding: xml.bytes(document), as: UTF8.self) }

    private func link(_ name: String, _ access: CallbackAddress.Access) -> Link {
        .own(CallbackAddress(step, name, access))
    }

    private func dial(_ targets: [DialTarget] = [.number("+12025551234")]) -> Dial {
        var dial = Dial(targets: targets, timeout: 30, timeLimit: 14_400)
        dial.action = link("result", .byCall)
        dial.callback = link("events", .byRun)
        return dial
    }

    @Test func `elements that ask have every attribute, in one order`() throws {
        let prompts = [Verb.speak(Speak("Go <on>", voice: "WOMAN", language: "en-US", loop: 1))]
        let digits = GetDigits(
            action: link("result", .byCall),
            timeout: 5,
            digitTimeout: 2,
            finishOnKey: "none",
            numDigits: 1,
            playBeep: false,
            log: false,
            prompts: prompts
        )
        let input = GetInput(
            action: link("result", .byCall),
            inputType: "dtmf speech",
            executionTimeout: 8,
            digitEndTimeout: "auto",
            speechEndTimeout: "auto",
            finishOnKey: "#",
            numDigits: 32,
            speechModel: "default",
            language: "en-US",
            hints: "a \"b\",c",
            profanityFilter: false,
            log: true,
            prompts: prompts
        )
        let spoken = #"<Speak voice="WOMAN" language="en-US" loop="1">Go &lt;on&gt;</Speak>"#
        let action = try text([.redirect(link("result", .byCall))]).split(separator: ">")[2].dropLast(
            "</Redirect".count
        )
        #expect(
            try text([.getDigits(digits), .getInput(input)])
                == ##"<Response><GetDigits action="\##(action)" method="POST" redirect="true" timeout="5" digitTimeout="2" "##
                + ##"finishOnKey="none" numDigits="1" retries="1" playBeep="false" log="false">\##(spoken)</GetDigits>"##
                + ##"<GetInput action="\##(action)" method="POST" redirect="true" inputType="dtmf speech" executionTimeout="8" "##
                + ##"digitEndTimeout="auto" speechEndTimeout="auto" finishOnKey="#" numDigits="32" speechModel="default" "##
                + ##"language="en-US" hints="a &quot;b&quot;,c" profanityFilter="false" log="true">\##(spoken)</GetInput></Response>"##
        )
    }

    /// What a caller hears first in a flow of one node; URLs of flowd's own end behind the callback's name.
    private func first(_ node: String) throws -> String {
        let flow = try builtFlow(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Room}}
              Room:
                transitions: {completed: end, failed: end}
            \(node.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
            """,
            name: "x",
            version: step.version
        )
        let turn = Interpreter(flow).handle(
            .began(Beginning(step.run, Parameters([("From", "14155551234")]))),
            nil,
            at: Timestamp(milliseconds: 0)
        )
        return try text(#require(turn?.document))
            .replacing(/https:\/\/h\.example\/flows\/x\/[0-9a-f]+\/1\/1\/([a-z]+)[^"<]*/) { "U/\($0.1)" }
    }

    @Test func `rooms have every attribute, in one order`() throws {
        #expect(
            try first(
                """
                type: conference_bridge
                room: a room
                start_on_enter: false
                digits_match: "1,22"
                enter_sound: beep:1
                wait_music: https://a.example/hold.xml?a=1&b=2
                record: true
                """
            )
                == #"<Response><Conference action="U/result" method="POST" redirect="true" muted="false" "#
                + #"startConferenceOnEnter="false" endConferenceOnExit="false" stayAlone="true" maxMembers="20" "#
                + #"timeLimit="14400" hangupOnStar="false" digitsMatch="1,22" enterSound="beep:1" "#
                + #"waitSound="https://a.example/hold.xml?a=1&amp;b=2" record="true" recordFileFormat="mp3" "#
                + #"callbackUrl="U/event" callbackMethod="POST">a_room</Conference>"#
                + #"<Redirect method="POST">U/result</Redirect></Response>"#
        )
        #expect(
            try first(
                """
                type: multiparty_call
                name: desk
                role: customer
                hold: true
                record_format: wav
                """
            )
                == #"<Response><MultiPartyCall onExitActionUrl="U/result" onExitActionMethod="POST" role="customer" "#
                + #"mute="false" hold="true" stayAlone="false" endMpcOnExit="false" relayDTMFInputs="false" "#
                + #"startMpcOnEnter="true" coachMode="true" maxDuration="14400" maxParticipants="10" "#
                + #"enterSound="beep:1" enterSoundMethod="POST" exitSound="beep:2" exitSoundMethod="POST" "#
                + #"record="false" recordFileFormat="wav" recordMinMemberCount="1" recordingCallbackUrl="U/recording" "#
                + #"recordingCallbackMethod="POST" "#
                + #"statusCallbackEvents="mpc-state-changes,participant-state-changes,add-participant-api-events" "#
                + #"statusCallbackUrl="U/event" statusCallbackMethod="POST">desk</MultiPartyCall>"#
                + #"<Redirect method="POST">U/result</Redirect></Response>"#
        )
    }

    @Test func `a message is recorded in the document, and everything else in the background`() throws {
        func record(_ extent: Record.Extent, transcription: Link? = nil) throws -> String {
            let (action, told) = (link("result", .byCall), link("event", .byToken))
            let record = Record(
                extent,
                action: action,
                callback: told,
                maxLength: 120,
                transcription: transcription
            )
            return try text([.record(record)])
                .replacing(/https:\/\/h\.example\/[^"]*\/result#[^"]*/, with: "U")
                .replacing(/https:\/\/h\.example\/[^"]*\/event\/[^"]*/, with: "E")
        }
        let head = #"<Response><Record action="U" method="POST""#
        let tail = #" callbackUrl="E" callbackMethod="POST"/></Response>"#
        #expect(
            try record(.message(Record.Message(timeout: 10, playBeep: true, finishOnKey: "#"))) == head
                + ##" redirect="true" fileFormat="mp3" timeout="10" maxLength="120" playBeep="true" finishOnKey="#""##
                + tail
        )
        #expect(
            try record(.dial(channels: "stereo")) == head
                + #" redirect="false" fileFormat="mp3" maxLength="120" startOnDialAnswer="true""#
                + #" recordChannelType="stereo""# + tail
        )
        #expect(
            try record(.session(channels: "mono"), transcription: .url("https://a.example/t")) == head
                + #" redirect="false" fileFormat="mp3" maxLength="120" recordSession="true" recordChannelType="mono""#
                + #" transcriptionType="auto" transcriptionUrl="https://a.example/t" transcriptionMethod="POST""#
                + tail
        )
    }

    private static let fixed: [(document: [Verb], text: String)] = [
        ([], "<Response/>"),
        ([.hangup()], "<Response><Hangup/></Response>"),
        (
            [.speak(Speak("a <s>b</s> &amp; c", isMarkup: true, voice: "Polly.Amy", language: "en-GB", loop: 2))],
            #"<Response><Speak voice="Polly.Amy" language="en-GB" loop="2">a <s>b</s> &amp; c</Speak></Response>"#
        ),
        (.rejection, #"<Response><Hangup reason="rejected"/></Response>"#),
        (.apology(Apology()), "<Response><Hangup/></Response>"),
        (.apology(Apology(speak: " \n\u{0}\u{A0}\u{FFFF}")), "<Response><Hangup/></Response>"),
        (.apology(Apology(speak: "Sorry & bye")), "<Response><Speak>Sorry &amp; bye</Speak></Response>"),
        (
            .apology(
                Apology(
                    speak: "Olá",
                    voice: "Polly.Camila",
                    language: "pt-BR",
                    forward: [.number("+12025551234"), .user("sip:a@b")]
                )
            ),
            #"<Response><Speak voice="Polly.Camila" language="pt-BR">Olá</Speak>"#
                + #"<Dial timeout="30"><Number>+12025551234</Number><User>sip:a@b</User></Dial></Response>"#
        ),
        (
            .apology(Apology(forward: [.number("+12025551234")])),
            #"<Response><Dial timeout="30"><Number>+12025551234</Number></Dial></Response>"#
        ),
        (
            [.speak(Speak("Press 1", voice: "MAN"))],
            #"<Response><Speak voice="MAN">Press 1</Speak></Response>"#
        ),
        ([.speak(Speak("\u{1}", voice: "MAN"))], "<Response/>"),
        ([.play(Play(url: "https://a/b.mp3?c&d"))], "<Response><Play>https://a/b.mp3?c&amp;d</Play></Response>"),
        ([.play(Play(url: "https://a/b.wav"))], "<Response><Play>https://a/b.wav</Play></Response>"),
        ([.play(Play(url: ""))], "<Response/>"),
        (
            [
                .speak(Speak("One")), .play(Play(url: "https://a/b.mp3")), .redirect(.url("https://c/d?e&f")),
                .hangup(reason: "busy"),
            ],
            #"<Response><Speak>One</Speak><Play>https://a/b.mp3</Play>"#
                + #"<Redirect method="POST">https://c/d?e&amp;f</Redirect><Hangup reason="busy"/></Response>"#
        ),
    ]

    @Test("is the document that Plivo reads", arguments: fixed)
    func documents(document: [Verb], text: String) throws {
        #expect(try self.text(document) == text)
    }

    private let path = "https://h.example/flows/x/abababababababab/2/13"
    private let call = "AT6Crp0seE2FsaRurn26-zY"
    private let fragment = "#ct=2000&amp;rt=15000&amp;rc=5&amp;rp=ct,rt,5xx"

    @Test("that dials says no more than it has to")
    func plainDial() throws {
        let expected =
            "<Response><Dial action=\"\(path)/result\(fragment)\" method=\"POST\" redirect=\"true\""
            + " callbackUrl=\"\(path)/events/\(call)\(fragment)\" callbackMethod=\"POST\" timeout=\"30\" timeLimit=\"14400\">"
            + "<Number>+12025551234</Number></Dial></Response>"
        #expect(try text([.dial(dial())]) == expected)
    }

    @Test("that dials says all that a flow can say")
    func fullDial() throws {
        var dial = dial([.number("+12025551234"), .user("sip:a@b;transport=tcp")])
        dial.callerID = "+14155550100"
        dial.callerName = "A & \"B\""
        dial.hangupOnStar = true
        dial.screening = .init(sound: link("confirm", .byToken), key: "#", timeout: 10)
        dial.music = .document(link("music", .byToken))
        dial.sendDigits = "wW12"
        dial.sipHeaders = [("One", "1"), ("Two", "a,b=c\r\n%20d"), ("", "x")]
        let expected =
            "<Response><Dial action=\"\(path)/result\(fragment)\" method=\"POST\" redirect=\"true\""
            + " callbackUrl=\"\(path)/events/\(call)\(fragment)\" callbackMethod=\"POST\" timeout=\"30\" timeLimit=\"14400\""
            + " callerId=\"+14155550100\" callerName=\"A &amp; &quot;B&quot;\" hangupOnStar=\"true\""
            + " confirmSound=\"\(path)/confirm/\(call)/AE0B9bFS5r8Lgvcyphs6_w\(fragment)\" confirmKey=\"#\" confirmTimeout=\"10\""
            + " dialMusic=\"\(path)/music/\(call)/SUVCtVyxnBHmIAKz-UtxUw\(fragment)\" sipHeaders=\"One=1,Two=a%2Cb%3Dc%20d\">"
            + "<Number sendDigits=\"wW12\">+12025551234</Number>"
            + "<User sendDigits=\"wW12\">sip:a@b;transport=tcp</User></Dial></Response>"
        #expect(try text([.dial(dial)]) == expected)
    }

    private static let music: [(music: Dial.Music, attribute: String?)] = [
        (.real, "real"),
        (.document(.url("https://a/b.xml?c=d&e='f'")), "https://a/b.xml?c=d&e='f'"),
        (.document(.url("")), nil),
    ]

    @Test("plays the music of a document that is not flowd's as it is", arguments: music)
    func otherMusic(music: Dial.Music, attribute: String?) throws {
        var dial = dial()
        dial.music = music
        #expect(try StrictXML(reading: xml.bytes([.dial(dial)])).children.first?.attributes["dialMusic"] == attribute)
    }

    @Test("cuts a caller's name at fifty characters")
    func callerName() throws {
        var dial = dial()
        dial.callerName = String(repeating: "é", count: 60)
        let read = try StrictXML(reading: xml.bytes([.dial(dial)]))
        #expect(read.children.first?.attributes["callerName"] == String(repeating: "é", count: 50))
    }

    @Test("that dials nobody is refused")
    func nobody() {
        #expect(throws: Refusal("a dial has nobody to ring")) { try xml.bytes([.dial(dial([]))]) }
        #expect(throws: Refusal("a dial has nobody to ring")) { try xml.bytes([.dial(dial([.number(" ")]))]) }
    }

    @Test("leaves a blank target out among others")
    func blankTarget() throws {
        let read = try StrictXML(reading: xml.bytes([.dial(dial([.user("\u{2}"), .number("+1")]))]))
        #expect(read.children.first?.children == [StrictXML("Number", text: "+1")])
    }

    @Test("over 100 KB is refused, and one just below is not")
    func size() throws {
        let frame = "<Response><Speak></Speak></Response>".utf8.count
        let fits = Apology(speak: String(repeating: "x", count: AnswerXML.maximumSize - frame))
        #expect(try xml.bytes(.apology(fits)).count == AnswerXML.maximumSize)
        let large = Apology(speak: String(repeating: "\"", count: 20_000))
        #expect(throws: Refusal("the answer has 120036 bytes, more than the 100000 that plivo takes")) {
            try xml.bytes(.apology(large))
        }
    }

    private static let hostile: [String] = [
        "<Speak>x</Speak>", "]]>", "<!-- -->", "&amp;", "&#0;", "\"'><Hangup/>", "a\tb\nc\rd\r\ne",
        "\u{0}\u{1}\u{8}\u{B}\u{C}\u{1F}x\u{7F}",
        "\u{FFFE}\u{FFFF}x\u{FFFD}\u{FFFF}", "x\u{1FFFE}\u{10FFFF}", "😀👩‍👩‍👧 é ✓", "\u{85}\u{2028}x\u{FEFF}", "<?xml?>",
        "%s{{x}}",
        String(repeating: "&<>", count: 1_000), "\u{3FBE}\u{FFBE}\u{FFBF}\u{10FFBF}x",
    ]

    @Test("gives back any text in any place", arguments: hostile)
    func hostileTexts(text: String) throws {
        try expectText(text)
    }

    @Test("gives back a thousand texts at random")
    func randomTexts() throws {
        var generator = SplitMix(state: 7)
        let ranges: [ClosedRange<UInt32>] = [
            0...0x1F, 0x20...0x7F, 0x20...0x3F, 0x80...0xFF, 0xFFF0...0xFFFF, 0x1F600...0x1F610, 0...0x10FFFF,
        ]
        for _ in 0..<1_000 {
            var text = "x"
            for _ in 0..<Int.random(in: 0..<40, using: &generator) {
                let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                    text.unicodeScalars.append(scalar)
                }
            }
            try expectText(text)
        }
    }

    private func expectText(_ text: String) throws {
        let expected = StrictXML.holdable(text)
        var dial = dial([.user(text), .number(text)])
        dial.callerID = text
        dial.sendDigits = text
        dial.music = .document(.url(text))
        dial.screening = .init(sound: link("confirm", .byToken), key: text, timeout: 1)
        let element = try #require(StrictXML(reading: xml.bytes([.dial(dial)])).children.first)
        #expect(element.name == "Dial")
        #expect(element.text.isEmpty)
        for name in ["callerId", "dialMusic", "confirmKey"] { #expect(element.attributes[name] == expected) }
        let targets = [
            StrictXML("User", ["sendDigits": expected], text: expected),
            StrictXML("Number", ["sendDigits": expected], text: expected),
        ]
        #expect(element.children == targets)

        let apology = Apology(speak: text, voice: text, language: text, forward: [.user(text)])
        #expect(
            try StrictXML(reading: xml.bytes(.apology(apology)))
                == StrictXML(
                    "Response",
                    children: [
                        StrictXML("Speak", ["voice": expected, "language": expected], text: expected),
                        StrictXML("Dial", ["timeout": "30"], children: [StrictXML("User", text: expected)]),
                    ]
                )
        )
        #expect(
            try StrictXML(reading: xml.bytes([.play(Play(url: text))]))
                == StrictXML("Response", children: [StrictXML("Play", text: expected)])
        )
    }
}

/// The same numbers in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
