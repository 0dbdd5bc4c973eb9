import Foundation
import Glibc
import Testing

/// Where a flowd runs: its folder of flows, its store, and its app server's address.
struct Site: Sendable {
    static let token = "an-auth-token"

    let folder: String
    /// Where the store is, if it is not beside the flows.
    var storeFolder: String?

    init(folder: String) {
        self.folder = folder
    }

    var store: String { (storeFolder ?? folder) + "/flowd.db" }
    var log: String { folder + "/log" }

    /// The binary under test: `FLOWD_BINARY`, or what `swift build` made beside these tests.
    static func binary() throws -> String {
        let named = ProcessInfo.processInfo.environment["FLOWD_BINARY"]
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized.path
        let path = named ?? root + "/.build/debug/flowd"
        try #require(
            FileManager.default.isExecutableFile(atPath: path),
            "no flowd at \(path): build it first (swift build --product flowd), or name one in FLOWD_BINARY"
        )
        return path
    }

    /// Makes a folder for as long as `body` runs; it stays where something went wrong.
    static func with(_ app: AppServer, _ body: (Site) async throws -> Void) async throws {
        let site = Site(folder: NSTemporaryDirectory() + "/flowd-storm-" + UUID().uuidString)
        try FileManager.default.createDirectory(atPath: site.folder + "/flows", withIntermediateDirectories: true)
        for (name, text) in flows(app.origin) {
            try text.write(toFile: "\(site.folder)/flows/\(name).yaml", atomically: true, encoding: .utf8)
        }
        do {
            try await body(site)
        } catch {
            print("kept for a look: \(site.folder)")
            throw error
        }
        try FileManager.default.removeItem(atPath: site.folder)
    }

    /// Runs another command of flowd on the store, and gives its exit code.
    func command(_ arguments: String...) async throws -> Int32 {
        let child = try ChildProcess(
            [Self.binary()] + arguments + ["--store", store],
            environment: [:],
            output: folder + "/command.log"
        )
        return try await child.end()
    }

    /// What the last commands printed.
    var commandOutput: String { (try? String(contentsOfFile: folder + "/command.log", encoding: .utf8)) ?? "" }

    private static func flows(_ origin: String) -> [String: String] {
        func report(_ name: String, _ path: String, then next: String) -> String {
            """
              \(name):
                type: http_request
                url: \(origin)/\(path)
                timeout: 5
                body:
                  call: <<Start.call.uuid>>
                  status: <<Forward.DialStatus>>
                transitions: \(next)
            """
        }
        func flow(_ first: String, _ rest: [String]) -> String {
            """
            on_error:
              speak: sorry
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: \(first)
              Forward:
                type: call_forward
                to: +12025551234
                transitions: Report

            """ + rest.joined(separator: "\n") + "\n"
        }
        let lookup = """
              Lookup:
                type: http_request
                method: GET
                url: \(origin)/agents
                timeout: 1
                transitions: Forward
            """
        return [
            "plain": flow("Forward", [report("Report", "report", then: "end")]),
            "lookup": flow("Lookup", [lookup, report("Report", "report", then: "end")]),
            "twice": flow(
                "Forward",
                [report("Report", "report", then: "Again"), report("Again", "again", then: "end")]
            ),
        ]
    }
}

/// A port that nobody listens on right now.
func freePort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
        }
    }
    guard bound else { throw ChildProcess.Failure(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
}
