import Foundation
import NIOHTTP1
import Testing

/// Below the suite whose tests run one after the other.
extension FaultTests {
    /// Settings that hold a secret, and stand in a file.
    @Suite struct SettingsFileTests {
        struct Refusal: Sendable, CustomTestStringConvertible {
            var variables: [String: String]
            /// The file `secret`; nil where there is none.
            var content: String?
            var words: String

            var testDescription: String { words }
        }

        /// `FILE` is the path of the file.
        static let refusals = [
            Refusal(
                variables: ["PLIVO_AUTH_TOKEN": "another", "PLIVO_AUTH_TOKEN_FILE": "FILE"],
                content: "hush-hush",
                words: "PLIVO_AUTH_TOKEN and PLIVO_AUTH_TOKEN_FILE are both set: take one of them away"
            ),
            Refusal(
                variables: ["FLOWD_ADMIN_TOKEN_FILE": "FILE"],
                words: "FLOWD_ADMIN_TOKEN_FILE: \"FILE\" cannot be read: No such file or directory"
            ),
            Refusal(
                variables: ["FLOWD_WEBHOOK_SECRET_FILE": "/"],
                words: "FLOWD_WEBHOOK_SECRET_FILE: \"/\" cannot be read: Is a directory"
            ),
            Refusal(
                variables: ["PLIVO_AUTH_TOKEN_FILE": "FILE"],
                content: " \n",
                words: "PLIVO_AUTH_TOKEN_FILE: \"FILE\" is empty"
            ),
            Refusal(
                variables: ["FLOWD_ADMIN_TOKEN_FILE": "FILE"],
                content: "hush-hush\nhush\n",
                words: "FLOWD_ADMIN_TOKEN_FILE: \"FILE\" has more than one line: expected the secret alone"
            ),
            Refusal(
                variables: ["FLOWD_WEBHOOK_SECRET_FILE": "FILE"],
                content: "hush-hush",
                words: "FLOWD_WEBHOOK_SECRET: expected base64 of 24 to 64 bytes"
            ),
            Refusal(
                variables: ["FLOWD_STORE_FILE": "FILE"],
                content: "postgres://flowd:hush-hush@db/flowd",
                words: "--store postgres://… is not there yet: name a SQLite file"
            ),
            Refusal(
                variables: ["CREDENTIALS_DIRECTORY": "FILE"],
                words: "CREDENTIALS_DIRECTORY: cannot look into \"FILE\": No such file or directory"
            ),
        ]

        @Test(arguments: refusals)
        func `a file that holds no setting is refused at the start, and never shown`(_ refusal: Refusal) async throws {
            let (code, text) = try await run(["serve", "."], refusal)
            #expect(code == 2)
            #expect(text.contains(refusal.words), "\(text)")
            #expect(!text.contains("hush"))
        }

        @Test func `a command that looks into a store takes its path from a file, and shows no password`() async throws
        {
            let server = Refusal(
                variables: ["FLOWD_STORE_FILE": "FILE"],
                content: "postgres://flowd:hush-hush@db/flowd\n",
                words: "--store postgres://… is not there yet: name a SQLite file"
            )
            let file = Refusal(
                variables: ["FLOWD_STORE_FILE": "FILE"],
                content: "there-is-none.db\n",
                words: "no such store: \"there-is-none.db\""
            )
            for refusal in [server, file] {
                let (code, text) = try await run(["runs"], refusal)
                #expect(code == 2)
                #expect(text.contains(refusal.words), "\(text)")
                #expect(!text.contains("hush"))
            }
        }

        @Test func `tokens and the secrets of flows are read from the files that systemd passes on`() async throws {
            try await AppServer.run { app in
                try await Site.with(app) { site in
                    try await PlivoCloud.with { cloud in
                        let flow = try String(contentsOfFile: site.folder + "/flows/plain.yaml", encoding: .utf8)
                            .replacing("timeout: 5", with: "timeout: 5\n    auth: {bearer: <<secrets.CRM>>}")
                        try flow.write(toFile: site.folder + "/flows/plain.yaml", atomically: true, encoding: .utf8)
                        let folder = site.folder + "/credentials"
                        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                        for (name, text) in ["CRM": "pw\n", "admin": "admin-token\n", "plivo": Site.token + "\r\n"] {
                            try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
                        }
                        let variables = [
                            "PLIVO_AUTH_TOKEN": "", "PLIVO_AUTH_TOKEN_FILE": folder + "/plivo",
                            "FLOWD_ADMIN_TOKEN_FILE": folder + "/admin", "CREDENTIALS_DIRECTORY": folder,
                        ]
                        let flowd = try Flowd(site, environment: variables)
                        try flowd.start()
                        try await flowd.serves(cloud)
                        let call = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
                        let answer = try #require(await cloud.post("\(flowd.base)/flows/plain", call.answerPairs))
                        _ = await cloud.post(try #require(answer.action), call.resultPairs())
                        let isReported = await FaultTests.eventually {
                            app.received.contains { $0.body.contains(call.call) }
                        }
                        #expect(isReported)
                        #expect(app.received.map(\.head.headers).last?["Authorization"] == ["Bearer pw"])
                        #expect(await cloud.get(flowd.admin + "/metrics", bearer: "admin-token")?.status == 200)
                        #expect(await cloud.get(flowd.admin + "/metrics", bearer: "another")?.status == 401)
                        #expect(try await flowd.stop() == 0)
                    }
                }
            }
        }

        /// Runs the command in a folder with one flow.
        private func run(_ arguments: [String], _ refusal: Refusal) async throws -> (code: Int32, text: String) {
            let folder = NSTemporaryDirectory() + "/flowd-settings-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let flow = "nodes: {Start: {type: start, transitions: end}}\n"
            try flow.write(toFile: folder + "/sample.yaml", atomically: true, encoding: .utf8)
            let file = folder + "/secret"
            try refusal.content?.write(toFile: file, atomically: true, encoding: .utf8)
            let child = try ChildProcess(
                ["/usr/bin/env", "-C", folder, Site.binary()] + arguments,
                environment: refusal.variables.mapValues { $0 == "FILE" ? file : $0 },
                output: folder + "/output.log"
            )
            let code = try await child.end()
            let output = try String(contentsOfFile: folder + "/output.log", encoding: .utf8)
            return (code, output.replacing(file, with: "FILE"))
        }
    }
}
