import FlowCore
import FlowDelivery
import FlowDocument
import Glibc
import Synchronization

/// The secrets that flows name: `FLOWD_SECRET_<NAME>` in the environment, or a file of that name in a folder.
final class Secrets: Sendable {
    private let environment: [String: String]
    private let directory: String?

    init(environment: [String: String], directory: String?) {
        self.environment = environment
        self.directory = directory
    }

    /// What became of the search for a secret.
    private enum Found {
        case value(String)
        case missing
        /// It is there, in a file that cannot be read.
        case unreadable(file: String, reason: String)
    }

    subscript(_ name: String) -> String? {
        guard case .value(let text) = find(name) else { return nil }
        return text
    }

    /// Read anew each time, so that a rotated file counts at once.
    private func find(_ name: String) -> Found {
        if let value = environment["FLOWD_SECRET_\(name)"] { return .value(Self.withoutLineBreak(value)) }
        guard let directory, Self.isPlain(name) else { return .missing }
        let path = "\(directory)/\(name)"
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            return errno == ENOENT ? .missing : .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return .unreadable(file: path, reason: String(cString: strerror(errno))) }
            if count == 0 { return .value(Self.withoutLineBreak(String(decoding: bytes, as: UTF8.self))) }
            guard bytes.count + count <= Self.maximumSize else {
                return .unreadable(file: path, reason: "it has more than \(Self.maximumSize) bytes")
            }
            bytes += buffer[..<count]
        }
    }

    /// Bytes of a secret's file: more than any header takes.
    private static let maximumSize = 64 * 1_024

    /// A line break at the end is no part of a secret: editors and `echo` add it.
    static func withoutLineBreak(_ text: String) -> String {
        // Swift takes CR and LF for one character.
        text.hasSuffix("\n") || text.hasSuffix("\r\n") ? String(text.dropLast()) : text
    }

    /// What is wrong with a folder of secrets, in a line; nil where nothing is.
    static func objection(to directory: String) -> String? {
        guard let folder = opendir(directory) else {
            return "cannot look into \"\(LogText.clean(directory))\": \(String(cString: strerror(errno)))"
        }
        closedir(folder)
        return nil
    }

    var source: SecretSource { SecretSource { self[$0] } }

    /// A finding for each place where a flow reads a secret that is not there.
    func missing(in flow: Flow, _ document: Document?) -> [Finding] {
        flow.nodes.flatMap(\.templates).flatMap { use in
            use.template.references.compactMap { reference in
                guard case .secret(let name) = reference.source else { return nil }
                let (message, help): (String, String)
                switch find(name) {
                case .value: return nil
                case .missing:
                    let folder = directory.map { ", or a file \"\(name)\" in \($0)" } ?? ""
                    (message, help) = ("secret \"\(name)\" is not set", "set FLOWD_SECRET_\(name)\(folder)")
                case .unreadable(let file, let reason):
                    message = "secret \"\(name)\" is in \(LogText.clean(file)), which cannot be read: \(reason)"
                    help = "let the user that flowd runs as read it, or set FLOWD_SECRET_\(name)"
                }
                let span = document?.span(ofUTF8: reference.range, in: use.value) ?? use.value.span
                return Finding(.missingSecret, message, file: flow.file, span: span, help: [help])
            }
        }
    }

    /// No path, no dots: a name cannot leave the folder.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 != UInt8(ascii: "/") && $0 != 0 } && !name.hasPrefix(".")
    }
}
