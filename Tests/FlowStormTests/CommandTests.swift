import Foundation
import Testing

/// Below the suite whose tests run one after the other: each of those has the machine to itself.
extension FaultTests {
    /// What the command says, by the real binary: each line is one clear sentence, and the exit code is right.
    @Suite struct CommandTests {
        struct Saying: Sendable, CustomTestStringConvertible {
            var arguments: [String]
            var code: Int32
            var words: String

            init(_ line: String, _ code: Int32, _ words: String) {
                arguments = line.split(separator: " ").map(String.init)
                self.code = code
                self.words = words
            }

            var testDescription: String { arguments.joined(separator: " ") }
        }

        private static let flow = """
            nodes:
              Start:
                type: start
                transitions: {incoming_call: Report}
              Report:
                type: http_request
                url: http://127.0.0.1:9/report
                headers: {X-Key: <<secrets.CRM_KEY>>}
                transitions: end
            """

        static let sayings = [
            Saying("servr", 2, "flowd: there is no command \"servr\". did you mean \"flowd serve\"?\n"),
            Saying("nope", 2, "flowd: there is no command \"nope\". \"flowd --help\" lists all\n"),
            Saying(
                "runs c-1",
                2,
                "flowd: \"flowd runs\" takes no \"c-1\". did you mean \"flowd runs show c-1\"?\n"
            ),
            Saying(
                "runs shwo c-1",
                2,
                "flowd: \"flowd runs\" takes no \"shwo\". did you mean \"flowd runs show c-1\"?\n"
            ),
            Saying(
                "deliveries retyr msg_1",
                2,
                "flowd: \"flowd deliveries\" takes no \"retyr\". did you mean \"flowd deliveries retry msg_1\"?\n"
            ),
            Saying("deliveries retry msg_1 --flow x", 2, "flowd: --flow and --origin go with --dead\n"),
            Saying(
                "runs --status nope --store none",
                2,
                "flowd: --status: expected running, delivering, finished or failed, found \"nope\"\n"
            ),
            Saying("graph sample.yaml -o call.png", 2, "flowd: no picture is written as .png: "),
            Saying(
                "graph sample.yaml --format svg -o call.dot",
                2,
                "flowd: --format svg does not fit a file that ends in .dot\n"
            ),
            Saying("graph sample.yaml -o -", 0, "<svg "),
            Saying("run sample.yaml --live", 1, "secret \"CRM_KEY\" is not set\n  help: set FLOWD_SECRET_CRM_KEY\n"),
            Saying("run sample.yaml --force", 2, "flowd: --force goes with --record\n"),
            Saying(
                "run sample.yaml --record sample.yaml",
                2,
                "flowd: sample.yaml: no case can be added: this is a flow and no test file."
            ),
            Saying("lint -", 1, "stdin.yaml:1:1: error["),
            Saying("schema --tests", 0, "\"title\":\"Tests of a flow of flowd\""),
            Saying("test . --min-edges 1", 2, "flowd: there is no case to play in .\n"),
        ]

        @Test func `what an app server answers is no command to the terminal of a play`() async throws {
            let folder = NSTemporaryDirectory() + "/flowd-command-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let flow = """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Lookup}}
                  Lookup: {type: http_request, url: http://127.0.0.1:9/agent, transitions: Desk}
                  Desk: {type: call_forward, to: +12025551234, transitions: Report}
                  Report:
                    type: http_request
                    url: http://127.0.0.1:9/report
                    body: {agent: <<Lookup.response.name>>}
                    transitions: end
                """
            try flow.write(toFile: folder + "/asking.yaml", atomically: true, encoding: .utf8)
            let script = "200 {\"name\": \"\\u001b[2J\\u009b31mx\"}\nbusy\n200\n"
            try script.write(toFile: folder + "/script", atomically: true, encoding: .utf8)
            for flags in [[], ["--verbose"]] {
                let output = folder + "/output.log"
                let child = try ChildProcess(
                    ["/usr/bin/env", "-C", folder, Site.binary(), "run", "asking.yaml", "--script", "script"] + flags,
                    environment: [:],
                    output: output
                )
                let code = try await child.end()
                let text = try String(contentsOfFile: output, encoding: .utf8)
                #expect(code == 0, "\(text)")
                #expect(text.contains("\u{241B}[2J\u{FFFD}31mx"), "\(text)")
                #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" })
                try FileManager.default.removeItem(atPath: output)
            }
        }

        @Test(arguments: sayings)
        func `a command says what is wrong, or does what it was asked for`(_ saying: Saying) async throws {
            let folder = NSTemporaryDirectory() + "/flowd-command-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try Self.flow.write(toFile: folder + "/sample.yaml", atomically: true, encoding: .utf8)
            let child = try ChildProcess(
                ["/usr/bin/env", "-C", folder, Site.binary()] + saying.arguments,
                environment: [:],
                output: folder + "/output.log"
            )
            #expect(try await child.end() == saying.code)
            let output = try String(contentsOfFile: folder + "/output.log", encoding: .utf8)
            #expect(output.contains(saying.words), "\(output)")
            #expect(try String(contentsOfFile: folder + "/sample.yaml", encoding: .utf8) == Self.flow)
        }
    }
}
