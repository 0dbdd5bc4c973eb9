import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite("Rules about security")
struct SecurityRuleTests {
    /// The codes and severities for a report with a URL, and more keys.
    private func report(_ url: String, _ lines: String = "timeout: 5") -> [String] {
        lint(reporting(url, lines)).findings.map { "\($0.code.id) \($0.severity)" }
    }

    private func reporting(_ url: String, _ lines: String) -> String {
        """
        version: 1
        nodes:
          Start:
            type: start
            transitions:
              incoming_call: Forward
          Forward:
            type: call_forward
            to: +12025551234
            transitions: Report
          Report:
            type: http_request
            url: \(url)
            body: {outcome: <<Forward.status>>}
            \(lines)
            transitions: end
        """
    }

    @Test(arguments: [
        ("http://127.0.0.1:5000/", []), ("http://localhost:5000/", []), ("http://[::1]:5000/", []),
        ("http://app.localhost/", []), ("http://127.8.9.10/", []),
        ("https://app.example.com/", []), ("https://93.184.216.34/", []), ("https://[2606:4700::1]/", []),
        ("https://10.0.0.5/", ["FD607 info"]), ("https://172.31.0.1/", ["FD607 info"]), ("https://172.32.0.1/", []),
        ("https://192.168.1.2/", ["FD607 info"]), ("https://100.64.0.1/", ["FD607 info"]),
        ("https://[fd12::1]/", ["FD607 info"]),
        ("https://crm/", ["FD607 info"]), ("https://crm.internal/", ["FD607 info"]),
        ("https://crm.local./", ["FD607 info"]),
        ("http://169.254.169.254/", ["FD607 error"]), ("https://[fe80::1]/", ["FD607 error"]),
        ("https://[fd00:ec2::254]/", ["FD607 error"]), ("http://metadata.google.internal/", ["FD607 error"]),
        ("http://0.0.0.0:5000/", ["FD607 error"]), ("http://[::]/", ["FD607 error"]),
        ("https://224.0.0.1/", ["FD607 error"]),
        ("http://2130706433/", ["FD607 error"]), ("http://0x7f.1/", ["FD607 error"]),
        ("http://0177.0.0.1/", ["FD607 error"]),
        ("http://127.1/", ["FD607 error"]), ("http://[::ffff:127.0.0.1]/", ["FD607 error"]),
        ("https://[::ffff:5db8:d822]/", ["FD607 error"]), ("https://2852039166/", ["FD607 error"]),
        ("https://169.254.169.254.nip.io/", ["FD607 error"]), ("https://app-10-0-0-5.sslip.io/", ["FD607 error"]),
        ("https://7f000001.nip.io/", ["FD607 error"]), ("https://app.lvh.me/", ["FD607 error"]),
        ("https://93-184-216-34.sslip.io/", ["FD607 warning"]), ("https://nip.io/", []),
        ("https://1.2.3.4.example.com/", []),
    ])
    func `A host is told by what it stands for`(_ url: String, _ expected: [String]) {
        #expect(report(url).filter { !$0.hasPrefix("FD604") } == expected)
    }

    @Test(arguments: [
        ("http://app.example.com/", "timeout: 5", ["FD604 warning"]),
        ("http://app.example.com/", "auth: {bearer: <<secrets.T>>}", ["FD604 error"]),
        ("http://app.example.com/", "headers: {X-Key: <<secrets.T>>}", ["FD604 error"]),
        ("http://10.0.0.5/", "timeout: 5", ["FD604 info", "FD607 info"]),
        ("http://10.0.0.5/", "auth: {bearer: <<secrets.T>>}", ["FD604 warning", "FD607 info"]),
        ("HTTP://127.0.0.1/", "auth: {bearer: <<secrets.T>>}", []),
        ("https://app.example.com/", "auth: {bearer: <<secrets.T>>}", []),
    ])
    func `What travels unencrypted is judged by its way and its worth`(
        _ url: String,
        _ line: String,
        _ expected: [String]
    ) {
        #expect(report(url, line) == expected)
    }

    // MARK: Credentials

    // Put together here, so that nobody who looks for leaked keys finds them in this file.
    private static let stripe = "sk_" + "live_" + "51H8xYzKJ2eZvKYlo2C0"
    private static let gitHub = "ghp" + "_16C7e42F292c6912E7710c838347Ae178B4a"
    private static let aws = "AKIA" + "IOSFODNN7EXAMPLE"
    private static let plivo = "MA" + "MDJMMTEZOTY0ZJU5NJ:" + "YjE3ODk2ZmE4ZGQ0MjE0ZWI0ZmQ5YjE0ZTUwMTZm"
    private static let webhook = "whsec" + "_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test(arguments: [
        ("headers: {X-A: \(stripe)}", ["FD605 error"]), ("params: {key: \(gitHub)}", ["FD605 error"]),
        ("headers: {X-A: '\(plivo)'}", ["FD605 error"]),
        ("auth: {basic: {username: MAMDJMMTEZOTY0ZJU5NJ, password: <<secrets.P>>}}", []),
        ("headers: {X-A: \(aws)}", ["FD605 error"]), ("headers: {X-A: \(webhook)}", ["FD605 error"]),
        ("headers: {Authorization: \"Bearer \(gitHub)\"}", ["FD605 error"]),
        ("headers: {X-Next: \"https://me:pass@example.com/\"}", ["FD605 error"]),
        ("auth: {bearer: s3cret}", ["FD605 warning"]),
        ("auth: {basic: {username: me, password: s3cret}}", ["FD605 warning"]),
        ("headers: {Authorization: Basic bWU6cGFzcw==}", ["FD605 warning"]),
        ("params: {api_key: 0123-4567}", ["FD605 warning"]),
        ("headers: {X-A: ZTI0MmY2ODA2ODg0Y2M0ZjM5MzU2N2Y5OGE4OTM3}", ["FD605 warning"]),
        ("auth: {basic: {username: me, password: <<secrets.P>>}}", []), ("auth: {bearer: <<secrets.P>>}", []),
        ("headers: {Authorization: Token <<secrets.P>>}", []), ("params: {token: <<secrets.P>>}", ["FD606 warning"]),
        ("headers: {X-Id: 5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11}", []),
        ("headers: {X-Account-Id: b7e23ec29af22b0b4e41da31e868d572}", []),
        (
            "params: {database_id: 668d797c76fa49349b05ad288df2d136, commit: e83c5163316f89bfbde7d9ab23ca2e25604af290}",
            []
        ),
        ("params: {note: 668d797c76fa49349b05ad288df2d136}", ["FD605 warning"]),
        ("params: {paid: 668d797c76fa49349b05ad288df2d136}", ["FD605 warning"]),
        ("params: {secret_hash: 668d797c76fa49349b05ad288df2d136}", ["FD605 warning"]),
        ("headers: {X-Signature-Hash: 668d797c76fa49349b05ad288df2d136}", ["FD605 warning"]),
        ("params: {accountID: 668d797c76fa49349b05ad288df2d136, sheetId: 668d797c76fa49349b05ad288df2d136}", []),
        ("params: {image: https://cdn.example.com/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b/a.png}", ["FD605 info"]),
        ("params: {password: hunter2}", ["FD605 warning"]), ("params: {token: none}", []),
        ("auth: {basic: {username: <<secrets.P>>, password: x}}", []),
        ("headers: {X-A: CustomerAccountReferenceNumber2024}", []), ("headers: {X-A: sk_live_}", []),
        ("headers: {X-A: \"the quick brown fox jumps over the lazy dog 1234567890\"}", []),
    ])
    func `A credential is told by its shape, its place or its randomness`(_ line: String, _ expected: [String]) {
        #expect(report("https://app.example.com/", line) == expected)
    }

    @Test(arguments: [
        ("https://calls-7f3k2j1h5g-ew.a.run.app/ended", []),
        ("https://a1b2c3d4e5f6g7h8.execute-api.eu-central-1.amazonaws.com/", []),
        ("https://calls.acme-prod-2x7k9m4q.eu-central-1.aws.example.com/", []),
        ("https://app.example.com/v1/databases/668d797c76fa49349b05ad288df2d136/query", ["FD605 info"]),
        ("https://app.example.com/?account_id=668d797c76fa49349b05ad288df2d136", []),
        ("https://app.example.com/?sig=668d797c76fa49349b05ad288df2d136", ["FD605 warning"]),
        ("https://app.example.com/?a=b&password=hunter2", ["FD605 warning"]),
        ("https://app.example.com/?token=<<Start.call.uuid>>", []),
        ("https://hooks.slack.com/services/" + "T024F9ZQX/B05KJ8QW2LM/pXo3mZk9vQ2rT7yW1sLdN4bC", ["FD605 error"]),
        ("https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX", []),
        ("https://hooks.slack.com/services/<<secrets.HOOK>>", ["FD606 warning"]),
    ])
    func `A URL gives away what opens something, not what names it`(_ url: String, _ expected: [String]) {
        #expect(report(url, "timeout: 5") == expected)
    }

    @Test(arguments: [
        (
            "url: https://hooks.slack.com/services/" + "T024F9ZQX/B05KJ8QW2LM/pXo3mZk9vQ2rT7yW1sLdN4bC",
            "write \"https://hooks.slack.com/services/T024F9ZQX/B05KJ8QW2LM/<<secrets."
        ),
        ("url: https://app.example.com/668d797c76fa49349b05ad288df2d136", "if it opens something, write \"<<secrets."),
        ("url: https://app.example.com/?key=\(aws)", "send it in \"headers\" or \"auth\": there write"),
        ("body: {image: https://a.example.com/668d797c76fa49349b05ad288df2d136}", "if it opens something, take it out"),
    ])
    func `The help is one that can be followed`(_ line: String, _ help: String) throws {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: Forward}}
              Forward: {type: call_forward, to: +12025551234, transitions: Report}
              Report:
                type: http_request
                \(line.hasPrefix("url") ? "" : "url: https://app.example.com/\n    ")\(line)
                transitions: end
            """
        let finding = try #require(lint(text).findings.first { $0.code.id == "FD605" })
        #expect(finding.help.first?.hasPrefix(help) == true, "\(finding.help)")
    }

    @Test func `The very characters of a credential are marked`() throws {
        let text = forwarding("    sip_headers: {Key: 'x \(Self.aws)'}\n    transitions: end")
        let finding = try #require(lint(text).findings.first { $0.code.id == "FD605" })
        #expect(
            String(decoding: Array(text.utf8)[finding.span.start.offset..<finding.span.end.offset], as: UTF8.self)
                == Self.aws
        )
        #expect(finding.help == ["take it out of the file, and give the service a new one"])
    }

    @Test(arguments: [
        ("headers: {X-Key: KEY}", "write \"<<secrets.REPORT_X_KEY>>\""),
        ("auth: {bearer: KEY}", "write \"<<secrets.REPORT_TOKEN>>\""),
        ("params: {key: KEY}", "send it in \"headers\" or \"auth\": there write \"<<secrets.REPORT_KEY>>\""),
    ])
    func `A credential goes where a secret may stand`(_ line: String, _ help: String) throws {
        let text = reporting("https://app.example.com/", line.replacing("KEY", with: Self.aws))
        let finding = try #require(lint(text).findings.first { $0.code.id == "FD605" })
        #expect(finding.help.first?.hasPrefix(help) == true)
    }

    @Test(arguments: [
        ("url: https://app.example.com/<<secrets.P>>", true), ("params: {a: <<secrets.P>>}", true),
        ("params: {a: 'x<<secrets.P>>'}", true), ("headers: {X-A: <<secrets.P>>}", false),
        ("auth: {bearer: <<secrets.P>>}", false),
    ])
    func `A secret belongs into headers and auth`(_ line: String, _ isExposed: Bool) {
        let url = line.hasPrefix("url: ") ? String(line.dropFirst(5)) : "https://app.example.com/"
        let codes = report(url, line.hasPrefix("url: ") ? "timeout: 5" : line)
        #expect(codes.contains("FD606 warning") == isExposed)
    }

    @Test func `What stands before "=" is no part of a credential, and what fills it up is`() throws {
        for (url, marked) in [
            ("https://app.example.com/?key=\(Self.stripe)&a=1", Self.stripe),
            (
                "https://app.example.com/?key=ZTI0MmY2ODA2ODg0Y2M0ZjM5MzU2N2Y5OGE4OTM3==",
                "ZTI0MmY2ODA2ODg0Y2M0ZjM5MzU2N2Y5OGE4OTM3=="
            ),
        ] {
            let text = forwarding("    transitions: Log\n  Log:\n    type: http_request\n    url: \(url)")
            let finding = try #require(lint(text).findings.first { $0.code.id == "FD605" })
            #expect((finding.severity == .error) == (marked == Self.stripe))
            let bytes = Array(text.utf8)[finding.span.start.offset..<finding.span.end.offset]
            #expect(String(decoding: bytes, as: UTF8.self) == marked)
        }
    }

    @Test func `No secret is proposed where no template is read`() throws {
        let text = "description: the key is \(Self.stripe)\n" + forwarding("    transitions: end")
        let finding = try #require(lint(text).findings.first { $0.code.id == "FD605" })
        #expect(finding.help == ["take it out of the file, and give the service a new one"])
    }

    // MARK: Untrusted data

    /// A lookup with `asked`, and a dial and a report that use its answer.
    private func lookup(
        _ asked: String,
        to: String = "+12025551234",
        header: String = "x",
        path: String = ""
    ) -> [String] {
        let text = """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Lookup
              Lookup:
                type: http_request
                url: https://crm.example.com/agent
                timeout: 3
                body: {asked: '\(asked)'}
                transitions: Forward
              Forward:
                type: call_forward
                to: '\(to)'
                transitions: Report
              Report:
                type: http_request
                url: 'https://app.example.com/calls/\(path)'
                headers: {X-A: '\(header)'}
                body: {outcome: <<Forward.status>>, agent: <<Lookup.response.name | default: "-">>}
                transitions: end
            """
        return lint(
            text.replacing(
                "agent: <<Lookup.response.name | default: \"-\">>",
                with: "agent: '<<Lookup.response.name | default: \"-\">>'"
            )
        )
        .findings.filter { $0.code.id.hasPrefix("FD4") || $0.code.id.hasPrefix("FD6") }.map {
            "\($0.code.id) \($0.severity)"
        }
    }

    private let answer = "<<Lookup.response.number | default: \"+12025551234\">>"

    @Test func `An answer is a destination from data, and worse if a caller chose the question`() {
        #expect(lookup("<<Start.call.from>>") == [])
        #expect(lookup("<<Start.params.Digits | default: \"\">>") == [])
        #expect(lookup("<<Start.call.from>>", to: answer) == ["FD408 warning"])
        #expect(lookup("<<Start.params.Digits | default: \"\">>", to: answer) == ["FD608 warning"])
    }

    @Test func `An answer in a header or a path matters only if a caller chose the question`() {
        #expect(lookup("<<Start.call.from>>", header: answer) == ["FD603 info"])
        #expect(lookup("<<Start.call.caller_name>>", header: answer) == ["FD603 info", "FD608 warning"])
        #expect(lookup("<<Start.call.from>>", path: answer) == ["FD602 info"])
        #expect(lookup("<<Start.call.caller_name>>", path: answer) == ["FD602 info", "FD608 warning"])
    }

    @Test func `Untrusted data is followed through dials and round cycles`() {
        let text = """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: A
              A:
                type: http_request
                url: https://crm.example.com/a
                timeout: 2
                body: {b: '<<B.response.x | default: "">>', digits: '<<Start.params.Digits | default: "">>'}
                transitions: {success: B, failed: First}
              B:
                type: http_request
                url: https://crm.example.com/b
                timeout: 2
                body: {a: '<<A.response.x | default: "">>'}
                transitions: {success: First, failed: First}
              First:
                type: call_forward
                to: '<<B.response.number | default: "+12025551234">>'
                transitions: {completed: end, no_answer: Second, busy: Second, failed: A}
              Second:
                type: call_forward
                to: <<First.to>>
                transitions: end
            """
        let ways = lint(text).findings.filter { $0.code.id == "FD608" }.flatMap(\.help)
        #expect(
            ways == [
                "way: Start.params.Digits -> A -> B -> First.to",
                "way: Start.params.Digits -> A -> B -> First -> Second.to",
            ]
        )
    }

    @Test(arguments: [
        ("params: {caller: <<Start.call.from>>}", "https://app.example.com/", ["FD609 info"]),
        ("params: {digits: <<Start.call.from | size>>}", "https://app.example.com/", []),
        ("params: {caller: <<Start.call.from>>}", "http://127.0.0.1/", []),
        ("params: {call: <<Start.call.uuid>>}", "https://app.example.com/", []),
        (
            "params: {name: '<<Start.call.caller_name | url_encode>>'}", "https://app.example.com/",
            ["FD602 warning", "FD609 info"]
        ),
        ("timeout: 5", "https://app.example.com/?from=<<Start.params.From>>", ["FD609 info"]),
        ("timeout: 5", "https://app.example.com/<<Start.call.uuid>>", ["FD602 info"]),
        ("headers: {X-A: <<Start.params.Note>>}", "https://app.example.com/", ["FD603 warning"]),
        ("headers: {X-A: '<<Start.params.Note | url_encode>>'}", "https://app.example.com/", []),
        ("headers: {X-A: <<Start.call.from>>}", "https://app.example.com/", []),
        ("headers: {X-A: <<secrets.A-B>>}", "https://app.example.com/", ["FD611 warning"]),
    ])
    func `A value in a request is judged by its place`(_ line: String, _ url: String, _ expected: [String]) {
        #expect(report(url, line) == expected)
    }

    @Test func `The contract's flow has nothing above an info, and no finding of these rules`() {
        let text = """
            version: 1
            name: dial-status
            description: Forward the call, then report how it ended.
            numbers: [+14155550100]

            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward

              Forward:
                type: call_forward
                from: <<Start.call.from>>
                to: +12025551234, +12025555678
                transitions:
                  completed: Report
                  no_answer: Report
                  busy: Report
                  failed: Report

              Report:
                type: http_request
                method: POST
                url: https://example.com/dialstatus/action/
                body:
                  caller: <<Start.call.from>>
                  DialStatus: <<Forward.DialStatus>>
                  DialRingStatus: <<Forward.DialRingStatus>>
                  DialHangupCause: <<Forward.DialHangupCause>>
                  DialALegUUID: <<Forward.DialALegUUID>>
                  DialBLegUUID: <<Forward.DialBLegUUID>>
            """
        let findings = lint(text).findings
        #expect(findings.filter { $0.severity != .info } == [])
        #expect(findings.map(\.code.id).filter { $0 >= "FD4" && $0 < "FD7" } == [])
    }
}
