import FlowCore
import FlowServer
import FlowTesting
import Foundation
import Glibc
import Logging
import Testing

/// Log lines, and what becomes of them when nobody reads.
@Suite struct LogTests {
    /// Something that can be written to while nobody reads.
    enum Place: CaseIterable {
        case pipe, socket, terminal

        /// - Returns: the end for the reader, and the one for the writer.
        func open() throws -> (reader: Int32, writer: Int32) {
            var ends: [Int32] = [-1, -1]
            switch self {
            case .pipe: try #require(Glibc.pipe(&ends) == 0)
            case .socket: try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
            case .terminal:
                // What unlockpt(3) and ptsname(3) do, which Swift does not see.
                ends[0] = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
                var (lock, number) = (Int32(0), Int32(0))
                try #require(ioctl(ends[0], 0x4004_5431, &lock) == 0 && ioctl(ends[0], 0x8004_5430, &number) == 0)
                ends[1] = Glibc.open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
                var settings = termios()
                tcgetattr(ends[1], &settings)
                cfmakeraw(&settings)
                tcsetattr(ends[1], TCSANOW, &settings)
            }
            try #require(ends[0] >= 0 && ends[1] >= 0)
            return (ends[0], ends[1])
        }
    }

    /// Reads lines until `isComplete`.
    static func lines(_ reader: Int32, until isComplete: ([String]) -> Bool) -> [String] {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var lines: [String] = []
        while !isComplete(lines) {
            let count = read(reader, &buffer, buffer.count)
            guard count > 0 else { break }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            if text.hasSuffix("\n") { lines = text.split(separator: "\n").map(String.init) }
        }
        return lines
    }

    static func lines(_ reader: Int32, upTo last: String) -> [String] { lines(reader) { $0.last == last } }

    @Test(arguments: Place.allCases)
    func `nobody who logs waits for a reader, and what was dropped is counted and said in its place`(
        place: Place
    ) throws {
        let (reader, writer) = try place.open()
        defer { close(reader) }
        defer { close(writer) }
        let queue = LogQueue(descriptor: writer, capacity: 10_000) { "dropped \($0)" }
        let padding = String(repeating: "x", count: 1_000)
        var count = 0
        func add(_ more: Int) {
            for number in count..<count + more { queue.add("\(number) \(padding)") }
            count += more
        }
        // Until nothing more is taken: each of the three takes less than 1 MB.
        while count < 1_000, queue.flush(within: .milliseconds(200)) { add(5) }
        #expect(count < 1_000)
        add(100)
        #expect(queue.dropped > 0)
        /// How many lines were added before the end of `lines`; nil where one is not in its place.
        func added(_ lines: [String]) -> Int? {
            lines.reduce(0) { next, line in
                guard let next else { return nil }
                if line.hasPrefix("dropped ") { return Int(line.dropFirst(8)).map { next + $0 } }
                return line == "\(next) \(padding)" ? next + 1 : nil
            }
        }
        let lines = Self.lines(reader) { added($0).map { $0 == count } ?? true }
        #expect(added(lines) == count)
        #expect(lines.count { !$0.hasPrefix("dropped ") } == count - queue.dropped)
        queue.add("read again")
        #expect(Self.lines(reader, upTo: "read again") == ["read again"])
        #expect(queue.flush(within: .seconds(60)))
    }

    @Test func `nothing is lost to somebody who reads`() throws {
        let (reader, writer) = try Place.pipe.open()
        defer { close(reader) }
        let queue = LogQueue(descriptor: writer, capacity: 1 << 20) { "dropped \($0)" }
        for number in 0..<5_000 { queue.add("line \(number)") }
        #expect(Self.lines(reader, upTo: "line 4999") == (0..<5_000).map { "line \($0)" })
        #expect(queue.flush(within: .seconds(60)))
        close(writer)
    }

    @Test func `a file that another process made non-blocking gets all lines`() throws {
        let (reader, writer) = try Place.pipe.open()
        defer { close(reader) }
        defer { close(writer) }
        _ = fcntl(writer, F_SETFL, O_NONBLOCK)
        let queue = LogQueue(descriptor: writer, capacity: 1 << 20) { "dropped \($0)" }
        for number in 0..<20_000 { queue.add("line \(number)") }
        #expect(Self.lines(reader, upTo: "line 19999") == (0..<20_000).map { "line \($0)" })
    }

    @Test func `a reader that is gone holds up nobody`() throws {
        let (reader, writer) = try Place.pipe.open()
        defer { close(writer) }
        signal(SIGPIPE, SIG_IGN)
        close(reader)
        let queue = LogQueue(descriptor: writer) { "dropped \($0)" }
        for number in 0..<10 { queue.add("line \(number)") }
        #expect(queue.flush(within: .seconds(60)))
        #expect(queue.dropped == 10)
    }

    private static func logged(
        _ format: LineLogHandler.Format,
        _ message: Logger.Message,
        _ metadata: Logger.Metadata
    ) throws -> String {
        let (reader, writer) = try Place.pipe.open()
        defer { close(reader) }
        defer { close(writer) }
        let queue = LogQueue(descriptor: writer) { "dropped \($0)" }
        let logger = Logger(label: "test") { _ in
            LineLogHandler(queue, format: format, level: .info) { Timestamp(milliseconds: 1_775_648_073_238) }
        }
        logger.warning(message, metadata: metadata)
        queue.flush(within: .seconds(60))
        var buffer = [UInt8](repeating: 0, count: 4_096)
        return String(decoding: buffer[..<read(reader, &buffer, buffer.count)], as: UTF8.self)
    }

    @Test func `a line for machines has each key once, and numbers as numbers`() throws {
        let line = try Self.logged(
            .json,
            "a \"message\"",
            [
                "message": "another", "time": "noon", "level": "high", "count": .stringConvertible(7),
                "share": .stringConvertible(0.5), "isGood": .stringConvertible(true), "number": "+14155550100",
                "list": .array(["a", .stringConvertible(2)]), "pairs": .dictionary(["key": "value"]),
            ]
        )
        #expect(
            line == """
                {"time":"2026-04-08T11:34:33.238Z","level":"warning","message":"a \\"message\\"","count":7,"isGood":true,\
                "level_":"high","list":["a",2],"message_":"another","number":"+14155550100","pairs":{"key":"value"},\
                "share":0.5,"time_":"noon"}

                """
        )
    }

    @Test func `a line for people has no control characters`() throws {
        let line = try Self.logged(.text, "a message", ["count": .stringConvertible(7), "text": "a\n\u{1B}[31m\"b\""])
        #expect(line == "2026-04-08T11:34:33.238Z WARNING a message count=7 text=\"a\u{FFFD}\u{FFFD}[31m'b'\"\n")
    }
}
