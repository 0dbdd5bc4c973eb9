package import FlowCore
import FlowDocument
import FoundationEssentials
import Glibc

/// The test file that a played or recorded call goes to: a new one, or one that somebody wrote.
package struct CaseRecording: Sendable {
    private let path: String
    private let flow: Flow
    private let replaces: Bool

    /// Looks at the file before a call is played for it.
    ///
    /// - Parameter replaces: a file that is there is written anew; otherwise the case goes behind what stands in it.
    /// - Throws: ``CaseFolder/Unreadable`` where there is a file that no case can be added to.
    package init(to path: String, of flow: Flow, replaces: Bool) throws(CaseFolder.Unreadable) {
        self.path = path
        self.flow = flow
        self.replaces = replaces
        let probe = CallCase(name: "a played call", parameters: Parameters())
        if let source = try source() {
            _ = try addition(probe, to: source)
        } else if replaces, let there = FileManager.default.contents(atPath: path),
            Document.read(Array(there), file: path, format: .yaml).document?.root["nodes"] != nil
        {
            throw CaseFolder.Unreadable("\(path): this is a flow and no test file: it is not replaced")
        }
    }

    /// Writes the case.
    ///
    /// - Returns: what was done, in words for a person.
    package func write(_ item: CallCase) throws(CaseFolder.Unreadable) -> String {
        guard let source = try source() else {
            let isThere = FileManager.default.fileExists(atPath: path)
            try CaseFolder.write(CaseWriter(flow: flow.name).text([item]), to: path)
            let words = isThere ? "written to \(path), in place of what was there" : "written to \(path)"
            return CaseFile.stem(of: path) == nil ? "\(words); flowd test reads files that end in .test.yaml" : words
        }
        try append(addition(item, to: source))
        return "added to \(path)"
    }

    /// What stands in the file; nil where it is written anew.
    private func source() throws(CaseFolder.Unreadable) -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path), !replaces else { return nil }
        return try CaseFolder.bytes(path)
    }

    private func addition(_ item: CallCase, to source: [UInt8]) throws(CaseFolder.Unreadable) -> [UInt8] {
        do throws(CaseAddition.Obstacle) {
            return Array(try CaseAddition(to: source, file: path, of: flow).text(item).utf8)
        } catch {
            throw CaseFolder.Unreadable(
                "\(path): no case can be added: \(error.reason). name another file, or say --force to replace this one"
            )
        }
    }

    /// Behind the last byte, so that nothing of what is there is written again; all of it, or nothing.
    private func append(_ bytes: [UInt8]) throws(CaseFolder.Unreadable) {
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard file >= 0 else { throw Self.unwritable(path) }
        defer { close(file) }
        let length = lseek(file, 0, SEEK_END)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let error = Self.unwritable(path)
                ftruncate(file, length)
                throw error
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func unwritable(_ path: String) -> CaseFolder.Unreadable {
        CaseFolder.Unreadable("\(path): cannot be written: \(String(cString: strerror(errno)))")
    }
}
