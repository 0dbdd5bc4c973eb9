import FlowDocument
import Glibc

/// What is piped into a command.
enum StandardInput {
    /// More than any reader of flows takes.
    private static let most = 16 << 20

    /// A flow, under a name that stands in for the file's; JSON where it begins as JSON does.
    static func flow() -> SourceFile {
        let bytes = read()
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let isJSON = first == UInt8(ascii: "{")
        return SourceFile(file: isJSON ? "stdin.json" : "stdin.yaml", source: bytes, format: isJSON ? .json : .yaml)
    }

    private static func read() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1_024)
        while bytes.count <= most {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
