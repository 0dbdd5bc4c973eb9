import FlowCore
import Glibc

/// The text of a file that holds one secret.
enum SecretFile {
    /// Why there is no text.
    enum Fault: Error, CustomStringConvertible {
        case missing
        case unreadable(String)
        case tooLarge

        var description: String {
            switch self {
            case .missing: String(cString: strerror(ENOENT))
            case .unreadable(let reason): reason
            case .tooLarge: "it has more than \(SecretFile.maximumSize) bytes"
            }
        }
    }

    /// Bytes: more than any header takes.
    private static let maximumSize = 64 * 1_024

    /// All of a file but a line break at its end.
    static func read(_ path: String) throws(Fault) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            throw errno == ENOENT ? .missing : .unreadable(String(cString: strerror(errno)))
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
            if count == 0 { return withoutLineBreak(String(decoding: bytes, as: UTF8.self)) }
            guard bytes.count + count <= maximumSize else { throw .tooLarge }
            bytes += buffer[..<count]
        }
    }

    /// A line break at the end is no part of a secret: editors and `echo` add it.
    static func withoutLineBreak(_ text: String) -> String {
        // Swift takes CR and LF for one character.
        text.hasSuffix("\n") || text.hasSuffix("\r\n") ? String(text.dropLast()) : text
    }
}
