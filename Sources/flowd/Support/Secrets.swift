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
        if let value = environment["FLOWD_SECRET_\(name)"] { return .value(SecretFile.withoutLineBreak(value)) }
        guard let directory, Self.isPlain(name) else { return .missing }
        let path = "\(directory)/\(name)"
        do throws(SecretFile.Fault) {
            return .value(try SecretFile.read(path))
        } catch {
            guard case .missing = error else { return .unreadable(file: path, reason: error.description) }
            return .missing
        }
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
