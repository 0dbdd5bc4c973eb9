import FlowCore
import FlowDelivery
import FlowDocument
import Foundation
import Synchronization

/// The secrets that flows name: `FLOWD_SECRET_<NAME>` in the environment, or a file of that name in a folder.
final class Secrets: Sendable {
    private let environment: [String: String]
    private let directory: String?

    init(environment: [String: String], directory: String?) {
        self.environment = environment
        self.directory = directory
    }

    /// Read anew each time, so that a rotated file counts at once.
    ///
    /// A line break at the end of a file is not the secret's.
    subscript(_ name: String) -> String? {
        if let value = environment["FLOWD_SECRET_\(name)"] { return value }
        guard let directory, Self.isPlain(name),
            let bytes = FileManager.default.contents(atPath: "\(directory)/\(name)")
        else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix("\r\n") ? String(text.dropLast()) : text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    var source: SecretSource { SecretSource { self[$0] } }

    /// A finding for each place where a flow reads a secret that is not there.
    func missing(in flow: Flow, _ document: Document?) -> [Finding] {
        flow.nodes.flatMap(\.templates).flatMap { use in
            use.template.references.compactMap { reference in
                guard case .secret(let name) = reference.source, self[name] == nil else { return nil }
                let span = document?.span(ofUTF8: reference.range, in: use.value) ?? use.value.span
                let folder = directory.map { ", or a file \"\(name)\" in \($0)" } ?? ""
                return Finding(
                    .missingSecret,
                    "secret \"\(name)\" is not set",
                    file: flow.file,
                    span: span,
                    help: ["set FLOWD_SECRET_\(name)\(folder)"]
                )
            }
        }
    }

    /// No path, no dots: a name cannot leave the folder.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 != UInt8(ascii: "/") && $0 != 0 } && !name.hasPrefix(".")
    }
}
