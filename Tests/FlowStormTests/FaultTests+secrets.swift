import Foundation
import NIOHTTP1
import Testing

extension FaultTests {
    /// Starts a server that cannot start, and gives what it printed.
    private static func refusal(
        _ site: Site,
        _ flags: [String] = [],
        _ environment: [String: String] = [:]
    ) async throws -> (code: Int32, text: String) {
        let output = site.folder + "/refusal-" + UUID().uuidString
        let child = try ChildProcess(
            [
                Site.binary(), "serve", site.folder + "/flows", "--store", site.store, "--port", "0", "--public-url",
                "http://flowd.test",
            ] + flags,
            environment: environment,
            output: output
        )
        return (try await child.end(), try String(contentsOfFile: output, encoding: .utf8))
    }

    @Test func `secrets in a shape that nobody can use are refused at the start, in a line that helps`() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                for secret in ["hunter2", "whsec_c2VjcmV0cw==", "v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
                    let (code, text) = try await Self.refusal(site, [], ["FLOWD_WEBHOOK_SECRET": secret])
                    #expect(code == 2)
                    #expect(text.contains("FLOWD_WEBHOOK_SECRET: expected base64 of 24 to 64 bytes"))
                    #expect(text.contains("openssl rand -base64 32"))
                    #expect(!text.contains(secret))
                }
                let (code, text) = try await Self.refusal(site, ["--secrets-dir", site.folder + "/nope"])
                #expect(code == 2)
                #expect(text.contains("--secrets-dir: cannot look into \"\(site.folder)/nope\": No such file"))
                let level = try await Self.refusal(site, ["--log-level", "warn"])
                #expect(level.code == 2)
                #expect(level.text.contains("did you mean \"warning\"?"))
            }
        }
    }

    @Test func `a secret that is there and cannot be read is not said to be missing`() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                let flow = try String(contentsOfFile: site.folder + "/flows/plain.yaml", encoding: .utf8)
                    .replacing("timeout: 5", with: "timeout: 5\n    auth: {bearer: <<secrets.CRM>>}")
                try flow.write(toFile: site.folder + "/flows/plain.yaml", atomically: true, encoding: .utf8)
                let secrets = site.folder + "/secrets"
                // A folder, which nobody can read as a file, whoever runs these tests.
                try FileManager.default.createDirectory(atPath: secrets + "/CRM", withIntermediateDirectories: true)
                let unreadable = try await Self.refusal(site, ["--secrets-dir", secrets])
                #expect(unreadable.code == 1)
                #expect(
                    unreadable.text.contains(
                        "secret \"CRM\" is in \(secrets)/CRM, which cannot be read: Is a directory"
                    )
                )
                #expect(!unreadable.text.contains("is not set"))
                try FileManager.default.removeItem(atPath: secrets + "/CRM")
                let missing = try await Self.refusal(site, ["--secrets-dir", secrets])
                #expect(missing.code == 1)
                #expect(missing.text.contains("secret \"CRM\" is not set"))
            }
        }
    }

    @Test(arguments: ["pw", "pw\n", "pw\r\n"])
    func `a line break at the end is no part of a secret, from wherever it comes`(secret: String) async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let flow = try String(contentsOfFile: site.folder + "/flows/plain.yaml", encoding: .utf8)
                        .replacing("timeout: 5", with: "timeout: 5\n    auth: {bearer: <<secrets.CRM>>}")
                    try flow.write(toFile: site.folder + "/flows/plain.yaml", atomically: true, encoding: .utf8)
                    let secrets = site.folder + "/secrets"
                    try FileManager.default.createDirectory(atPath: secrets, withIntermediateDirectories: true)
                    try secret.write(toFile: secrets + "/CRM", atomically: true, encoding: .utf8)
                    for environment in [["FLOWD_SECRET_CRM": secret], ["FLOWD_SECRETS_DIR": secrets]] {
                        let flowd = try Flowd(
                            site,
                            environment: environment.merging(["FLOWD_ADMIN_TOKEN": "token" + secret]) { $1 }
                        )
                        try flowd.start()
                        try await flowd.serves(cloud)
                        let call = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
                        let answer = try #require(await cloud.post("\(flowd.base)/flows/plain", call.answerPairs))
                        _ = await cloud.post(try #require(answer.action), call.resultPairs())
                        let isReported = await Self.eventually { app.received.contains { $0.body.contains(call.call) } }
                        #expect(isReported)
                        let headers = app.received.map(\.head.headers)
                        #expect(headers.last?["Authorization"] == ["Bearer pw"])
                        let metrics = await cloud.get(flowd.admin + "/metrics", bearer: "tokenpw")
                        #expect(metrics?.status == 200)
                        #expect(try await flowd.stop() == 0)
                    }
                }
            }
        }
    }
}
