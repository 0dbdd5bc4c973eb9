import Foundation
import Glibc
import Testing

/// What may be at the other end of stderr, and not read.
enum UnreadOutput: CaseIterable {
    case pipe, terminal

    /// Makes one in a folder.
    ///
    /// - Returns: its path, and the end for a reader.
    fileprivate func open(in folder: String) throws -> (path: String, reader: Int32) {
        switch self {
        case .pipe:
            let path = folder + "/stderr"
            try #require(mkfifo(path, 0o600) == 0)
            return (path, Glibc.open(path, O_RDONLY | O_NONBLOCK))
        case .terminal:
            // What unlockpt(3) and ptsname(3) do, which Swift does not see.
            let reader = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
            var (lock, number) = (Int32(0), Int32(0))
            try #require(ioctl(reader, 0x4004_5431, &lock) == 0 && ioctl(reader, 0x8004_5430, &number) == 0)
            return ("/dev/pts/\(number)", reader)
        }
    }
}

extension FaultTests {
    @Test(arguments: UnreadOutput.allCases)
    func `a log that nobody reads stops no call, and says what it lost once it is read`(
        place: UnreadOutput
    ) async throws {
        try await AppServer.run { app in
            try await Site.with(app) { site in
                try await PlivoCloud.with { cloud in
                    let output = try place.open(in: site.folder)
                    defer { close(output.reader) }
                    let flowd = try Flowd(site)
                    try flowd.start(output: output.path, level: "debug")
                    try await flowd.serves(cloud)
                    var answered = 0
                    while answered < 10_000, try await Self.droppedLines(flowd, cloud) == 0 {
                        answered += try await Self.calls(500, flowd, cloud)
                    }
                    #expect(answered >= 500)
                    #expect(try await Self.droppedLines(flowd, cloud) > 0)
                    #expect(try await Self.calls(100, flowd, cloud) == 100)
                    var log = ""
                    let isSaid = await Self.eventually {
                        log += Self.available(output.reader)
                        return log.contains("log lines were dropped: nobody read them")
                    }
                    #expect(isSaid)
                    #expect(log.contains("flowd is serving"))
                    // Nobody reads any more, and it ends all the same.
                    _ = try await Self.calls(500, flowd, cloud)
                    #expect(try await flowd.stop() == 0)
                }
            }
        }
    }

    /// Begins calls, some at once.
    ///
    /// - Returns: how many were answered as the flow says: all of them, or the test ends.
    private static func calls(_ count: Int, _ flowd: Flowd, _ cloud: PlivoCloud) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            var answered = 0
            for number in 0..<count {
                if number >= 32 { answered += try await group.next() == true ? 1 : 0 }
                let call = Conversation(base: flowd.base, cloud: cloud, flow: "plain")
                group.addTask { await cloud.post("\(flowd.base)/flows/plain", call.answerPairs)?.action != nil }
            }
            for try await isAnswered in group where isAnswered { answered += 1 }
            try #require(answered == count)
            return answered
        }
    }

    private static func droppedLines(_ flowd: Flowd, _ cloud: PlivoCloud) async throws -> Int {
        let metrics = try #require(await cloud.get(flowd.admin + "/metrics")?.text)
        let line = try #require(metrics.split(separator: "\n").first { $0.hasPrefix("flowd_log_lines_dropped_total ") })
        return try #require(Int(line.split(separator: " ")[1]))
    }

    /// What can be read now.
    private static func available(_ reader: Int32) -> String {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 64 * 1_024)
        while true {
            let count = read(reader, &buffer, buffer.count)
            guard count > 0 else { return text }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
    }
}
