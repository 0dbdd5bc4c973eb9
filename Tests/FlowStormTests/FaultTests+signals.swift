import Foundation
import Testing

extension FaultTests {
    @Test func `SIGHUP makes it look at its files, at any time, and never ends it`() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let flowd = try Flowd(site)
                    try flowd.start()
                    try await flowd.serves(cloud)
                    let file = site.folder + "/flows/late.yaml"
                    let text = try String(contentsOfFile: site.folder + "/flows/plain.yaml", encoding: .utf8)
                    try text.write(toFile: file, atomically: true, encoding: .utf8)
                    flowd.child?.signal(SIGHUP)
                    let isSaid = try await Self.eventually { try site.logged("came").contains { $0.contains("late") } }
                    #expect(isSaid)
                    let lines = try site.logged("a flow is live")
                    let url = "\(flowd.base)/flows/late#ct=2000&rt=15000&rc=5&rp=ct,rt,5xx"
                    #expect(lines.last?.contains("\"url\":\"\(url)\"") == true)
                    #expect(lines.count == 4)
                    for _ in 0..<20 { flowd.child?.signal(SIGHUP) }
                    let isCurrent = try await Self.eventually {
                        try !site.logged("flow files hold the flows that are live").isEmpty
                    }
                    #expect(isCurrent)
                    #expect(try await flowd.stop() == 0)
                    #expect(try site.logged("").last?.contains("flowd has stopped") == true)
                }
            }
        }
    }

    @Test func `it does not say that it serves where a port is in use`() async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let flowd = try Flowd(site)
                    try flowd.start()
                    try await flowd.serves(cloud)
                    let second = try ChildProcess(
                        [
                            Site.binary(), "serve", site.folder + "/flows", "--store", site.folder + "/second.db",
                            "--port", "0", "--public-url", "http://flowd.test", "--admin-port",
                            String(flowd.admin.split(separator: ":").last ?? ""),
                        ],
                        environment: ["PLIVO_AUTH_TOKEN": Site.token],
                        output: site.folder + "/second"
                    )
                    #expect(try await second.end() == 1)
                    let printed = try String(contentsOfFile: site.folder + "/second", encoding: .utf8)
                    #expect(printed.contains("the port is in use"))
                    #expect(!printed.contains("serving") && !printed.contains("a flow is live"))
                    #expect(try await flowd.stop() == 0)
                }
            }
        }
    }
}

extension Site {
    /// The lines of the log that contain a text.
    func logged(_ text: String) throws -> [String] {
        try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
            .filter { text.isEmpty || $0.contains(text) }
    }
}
