import FlowCore
import FlowDocument
import FlowLint
import Foundation
import Testing

@Suite struct ReferenceTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Compares a file with what it should hold, or writes it where FLOWD_RECORD=1 says so.
    private func expect(_ path: String, toHold text: String) throws {
        let file = Self.root.appending(path: path)
        if ProcessInfo.processInfo.environment["FLOWD_RECORD"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let found = try String(contentsOf: file, encoding: .utf8)
        #expect(found == text, "\(path) is not current: FLOWD_RECORD=1 swift test --filter ReferenceTests writes it")
    }

    @Test func `The committed rule reference is current`() throws {
        try expect("docs/lint-rules.md", toHold: RuleReference.markdown)
    }

    @Test func `The committed node reference is current`() throws {
        try expect("docs/nodes.md", toHold: NodeReference.markdown)
    }

    @Test func `The committed schema is current, and JSON`() throws {
        #expect(Datum(json: Array(FlowSchema.text.utf8)) != nil)
        try expect("flows/.flow.schema.json", toHold: FlowSchema.text)
    }

    @Test func `A page explains a rule with what lint prints`() throws {
        let rule = try #require(Rules.named("fd202"))
        let page = Explanation(rule).text(colored: false)
        #expect(
            page.hasPrefix(
                "FD202 dangling-transition (error)\n\nA transition or an event goes to a node that does not exist.\n"
            )
        )
        #expect(page.contains("error[FD202]: transition \"busy\" of call_forward \"Forward\" goes to \"LogMis\""))
        #expect(page.contains("\nGood:\n"))
    }

    @Test func `Flows that ship have no error and no warning`() throws {
        let folder = Self.root.appending(path: "flows")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let files = try names.compactMap { name in
            try Document.Format(fileName: name).map { format in
                SourceFile(
                    file: name,
                    source: Array(try Data(contentsOf: folder.appending(path: name))),
                    format: format
                )
            }
        }
        .filter { !$0.file.contains(".test.") && !$0.file.hasPrefix(".") }
        #expect(!files.isEmpty)
        #expect(Linter.lint(files).findings.filter { $0.severity != .info }.map { "\($0.file) \($0.message)" } == [])
    }

    @Test func `The example of the format's description has no error and no warning`() {
        let report = lint(
            """
            # flows/dial-status.yaml
            version: 1                        # of this format; optional, 1
            name: dial-status                 # optional: the file's stem; [a-z0-9-]
            description: Forward the call, then report how it ended.
            numbers: [+14155550100]           # Plivo numbers that this flow answers; optional

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
            """,
            file: "flows/dial-status.yaml"
        )
        #expect(report.findings.filter { $0.severity != .info } == [])
    }
}
