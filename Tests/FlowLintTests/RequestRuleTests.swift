import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite("Rules about requests")
struct RequestRuleTests {
    /// A flow of requests and dials, a line each: `name seconds -> success failed`, or `name -> target` for a dial.
    private func silence(_ lines: [String], waits: Bool = true) -> [String] {
        var text = "version: 1\nnodes:\n  Start:\n    type: start\n    transitions:\n      incoming_call: A\n"
        // Somebody reads every answer: a result that nothing depends on keeps nobody waiting.
        let read = lines.filter { $0.split(separator: " ").count == 5 }.map { "<<\($0.prefix(1)).response.name>>" }
        for line in lines {
            let words = line.split(separator: " ").filter { $0 != "->" }.map(String.init)
            text += "  \(words[0]):\n"
            if words.count == 4 {
                text += "    type: http_request\n    url: https://app.example.com/\n    timeout: \(words[1])\n"
                if !waits { text += "    wait: false\n" }
                text += "    transitions:\n      success: \(words[2])\n      failed: \(words[3])\n"
            } else {
                text += "    type: call_forward\n    to: +12025551234\n    caller_name: '\(read.joined())'\n"
                text += "    transitions: \(words[1])\n"
            }
        }
        return lint(text).findings.filter { $0.code.id == "FD503" }.map(\.message)
    }

    @Test func `Silence is the longest way between two answers`() {
        #expect(silence(["A 5 -> B F", "B 5 -> F F", "F -> end"]) == [])
        #expect(
            silence(["A 5 -> B F", "B 5 -> C F", "C 1 -> F F", "F -> end"])
                == ["the caller may wait 11 s in silence: \"A\" 5 s, \"B\" 5 s, \"C\" 1 s"]
        )
        #expect(silence(["A 11 -> F F", "F -> end"]) == ["the caller may wait 11 s in silence"])
        #expect(
            silence(["A 2 -> B C", "B 7 -> D F", "C 3 -> D F", "D 4 -> F F", "F -> end"])
                == ["the caller may wait 13 s in silence: \"A\" 2 s, \"B\" 7 s, \"D\" 4 s"]
        )
    }

    @Test func `Where no call comes nobody waits`() {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_message: A}}
              A: {type: http_request, url: https://a.example.com/, timeout: 6, transitions: B}
              B: {type: http_request, url: https://b.example.com/, timeout: 6, transitions: F}
              F:
                type: call_forward
                to: +12025551234
                caller_name: <<A.response.name>> <<B.response.name>>
                transitions: end
            """
        #expect(lint(text).codes.filter { $0 == "FD503" } == [])
        let call = text.replacing("incoming_message", with: "incoming_call")
        #expect(lint(call).codes.filter { $0 == "FD503" } == ["FD503"])
        // Nothing depends on what the app servers say: the caller waits for neither.
        let unread = call.replacing("<<A.response.name>> <<B.response.name>>", with: "Desk")
        #expect(lint(unread).codes.filter { $0 == "FD503" } == [])
    }

    @Test(arguments: [
        ("form", "漢", 6_000, true), ("json", "漢", 6_000, false), ("form", "x", 18_000, false),
        ("form", "é", 4_000, true), ("json", "x", 21_000, true),
    ])
    func `A body is as large as it is sent`(_ format: String, _ letter: String, _ count: Int, _ isFound: Bool) {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_message: A}}
              A:
                type: http_request
                url: https://a.example.com/
                format: \(format)
                body: {a: \(String(repeating: letter, count: count))}
                transitions: end
            """
        #expect(lint(text).codes.contains("FD506") == isFound)
    }

    @Test(arguments: [
        ("https://a.example.com:443/", true), ("https://A.example.com/", true), ("https://a.example.com:8443/", false),
        ("http://a.example.com:443/", false),
    ])
    func `A host is the same with its scheme's own port`(_ url: String, _ isSame: Bool) {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_message: A}}
              A: {type: http_request, url: https://a.example.com/, auth: {bearer: <<secrets.A>>}, transitions: B}
              B: {type: http_request, url: '\(url)', auth: {bearer: <<secrets.B>>}, transitions: end}
            """
        #expect(lint(text).codes.contains("FD507") == isSame)
    }

    @Test func `A dial is an answer, and a request behind the last dial is not waited for`() {
        #expect(silence(["A 6 -> F F", "F -> B", "B 6 -> G G", "G -> end"]) == [])
        #expect(silence(["A 6 -> F F", "F -> A"]) == [])
        #expect(silence(["A 6 -> F F", "F -> B", "B 60 -> end end"]) == [])
        #expect(silence(["A 9 -> B B", "B 9 -> F F", "F -> end"], waits: false) == [])
    }

    @Test func `A cycle of requests counts each of them once`() {
        #expect(silence(["A 6 -> B F", "B 6 -> A F", "F -> end"]).count == 1)
    }

    @Test(arguments: [
        ("retry: none", []), ("retry: {attempts: 1}", []), ("retry: {attempts: 10}", []),
        ("retry: {attempts: 11}", ["FD504"]), ("retry: {attempts: 0}", ["FD504"]),
        ("retry: {attempts: 101}", ["FD504"]), ("retry: {attempts: -1}", ["FD104"]),
    ])
    func `The ladder has ten attempts`(_ line: String, _ expected: [String]) {
        #expect(lint(reporting(line)).codes == expected)
    }

    /// A report behind a dial, with more keys.
    private func reporting(_ lines: String) -> String {
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
            url: https://app.example.com/calls
            body: {outcome: <<Forward.status>>}
            \(lines)
            transitions: end
        """
    }

    @Test(arguments: [
        ("real", []), ("https://app.example.com/a.mp3", []), ("<<Start.params.Music>>", []),
        ("HTTP://app.example.com/a.mp3", []), ("reel", ["did you mean \"real\"?"]), ("a.mp3", []),
        ("ftp://a/b.mp3", []),
    ])
    func `Music is "real" or an absolute URL`(_ music: String, _ help: [String]) {
        let findings = lint(forwarding("    dial_music: \(music)\n    transitions: end")).findings
        let isRight = ["real", "<<"].contains { music.hasPrefix($0) } || music.lowercased().hasPrefix("http")
        #expect(findings.map(\.code.id) == (isRight ? [] : ["FD501"]))
        #expect(findings.flatMap(\.help) == help)
    }

    @Test(arguments: [
        ("xn--80ak6aa92e.com", true), ("www.xn--80ak6aa92e.com", true), ("xn--mnchen-3ya.de", false),
        ("xn--e1afmkfd.xn--p1ai", false), ("xn--.com", false), ("xn--a-99999999.com", false), ("example.com", false),
    ])
    func `A host in another alphabet is suspect only if all of it looks Latin`(_ host: String, _ isSuspect: Bool) {
        let text = reporting("timeout: 5").replacing("app.example.com", with: host)
        #expect(lint(text).codes == (isSuspect ? ["FD501"] : []))
    }

    @Test func `Requests to one host are compared with those of their kind`() {
        let text = """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Lookup
              Lookup:
                type: http_request
                url: https://app.example.com/agent
                timeout: 3
                auth:
                  bearer: <<secrets.CRM_TOKEN>>
                transitions: {success: Forward, failed: end}
              Forward:
                type: call_forward
                to: +12025551234
                transitions: Report
              Report:
                type: http_request
                url: https://app.example.com/calls
                timeout: 20
                headers:
                  X-Key: <<secrets.APP_TOKEN>>
                body:
                  outcome: <<Forward.status>>
                transitions: end
            """
        #expect(
            lint(text).findings.filter { $0.code.id == "FD507" }.map(\.message) == [
                "\"app.example.com\" is given secret APP_TOKEN here and CRM_TOKEN by \"Lookup\""
            ]
        )
    }
}
