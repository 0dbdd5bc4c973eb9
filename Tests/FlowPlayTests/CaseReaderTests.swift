import FlowCore
import FlowDocument
import FlowPlay
import Testing

/// Mistakes in test files are findings, each where it stands.
struct CaseReaderTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var text: String
        var place: String
        var message: String

        var testDescription: String { message }
    }

    static let mistakes = [
        Mistake(text: "casse: []\n", place: "1:1", message: "unknown key \"casse\" in the test file"),
        Mistake(text: "cases:\n  - nam: x\n", place: "2:5", message: "unknown key \"nam\" in a case"),
        Mistake(
            text: "cases:\n  - name: x\n    steps:\n      - dial: bsy\n",
            place: "4:15",
            message:
                "expected one of completed, no_answer, busy, rejected, failed, cancel, timeout in \"dial\", found \"bsy\""
        ),
        Mistake(
            text: "cases:\n  - name: x\n    steps: [{expect: {dial: {timeot: 3}}}]\n",
            place: "3:30",
            message: "unknown key \"timeot\" in \"dial\""
        ),
        Mistake(
            text: "cases:\n  - name: x\n    requests: {Reprt: 200}\n",
            place: "3:16",
            message: "unknown node \"Reprt\" in flow \"sample\""
        ),
        Mistake(
            text: "cases:\n  - name: x\n    requests: {Forward: 200}\n",
            place: "3:16",
            message: "call_forward \"Forward\" makes no requests"
        ),
        Mistake(
            text: "cases:\n  - name: x\n    requests: {Report: [200, timeot]}\n",
            place: "3:30",
            message:
                "expected a status from 100 to 599, \"timeout\" or \"refused\" in \"requests.Report\", found \"timeot\""
        ),
        Mistake(
            text: "cases:\n  - name: x\n    expect:\n      path: Start -> Forward -[busi]-> Report\n",
            place: "4:13",
            message: "\"busi\" is not an outcome of call_forward \"Forward\""
        ),
        Mistake(
            text: "cases:\n  - name: x\n    expect: {values: {Forward.statos: busy}}\n",
            place: "3:23",
            message: "\"statos\" is not a value of call_forward \"Forward\""
        ),
        Mistake(
            text: "cases:\n  - name: x\n    steps: [{wait: soon}]\n",
            place: "3:20",
            message: "expected a duration such as 3s, 5m or 2h in \"wait\", found \"soon\""
        ),
        Mistake(
            text: "cases:\n  - name: x\n    steps: [{expect: hangp}]\n",
            place: "3:22",
            message: "expected one of hangup, nothing, rejected, dial, get_digits, get_input"
        ),
        Mistake(text: "cases: x\n", place: "1:8", message: "expected a list in \"cases\", found \"x\""),
        Mistake(text: "cases: [x]\n", place: "1:9", message: "expected key:value pairs in a case, found a text"),
        Mistake(text: "flow: other\ncases: []\n", place: "1:7", message: "there is no flow \"other\" beside the test"),
    ]

    @Test(arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        let played = try flow(forwardAndReport)
        let (file, _) = CaseFile.read(Array(mistake.text.utf8), file: "sample.test.yaml") { name in
            name == "sample" ? played.flow : nil
        }
        let found = file.findings.map { "\($0.span.start): \($0.message)" }
        #expect(found.contains { $0.hasPrefix(mistake.place + ": ") && $0.contains(mistake.message) }, "\(found)")
    }

    @Test(
        "a path reads as it is written",
        arguments: [
            "Start", "Start -> end", "Start -[incoming_call]-> Forward -> Report -[success]-> end", "A b -> C-d -> E",
        ]
    )
    func path(_ text: String) throws {
        #expect(try #require(PathText(text)).text == text)
    }

    @Test(arguments: ["", "-> A", "A -> -> B", "A -[x B"])
    func noPath(_ text: String) {
        #expect(PathText(text) == nil)
    }
}
