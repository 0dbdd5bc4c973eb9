import FlowCore
package import FlowDocument
import FoundationEssentials

/// Test files on disk, and the flows beside them.
package struct CaseFolder: Sendable {
    /// A test file with its flow and its text.
    package struct Item: Sendable {
        package var file: CaseFile
        package var source: [UInt8]
        package var played: PlayedFlow?
    }

    /// A path that cannot be read.
    package struct Unreadable: Error, CustomStringConvertible {
        package let description: String

        package init(_ description: String) {
            self.description = description
        }
    }

    /// Finds the test files that `paths` name: files, and folders with all that is in them but hidden files.
    ///
    /// A flow's own path stands for its test file.
    package static func load(_ paths: [String]) throws(Unreadable) -> [Item] {
        var items: [Item] = []
        for file in try files(paths, where: { CaseFile.stem(of: $0) != nil }) {
            items.append(load(file, try bytes(file)))
        }
        return items
    }

    /// Reads a test file for the flow beside it.
    package static func load(_ file: String, _ source: [UInt8]) -> Item {
        var played: PlayedFlow?
        var broken: [Finding] = []
        let (cases, _) = CaseFile.read(source, file: file) { name in
            for path in flows(beside: file) {
                guard let bytes = try? bytes(path), let format = Document.Format(fileName: path) else { continue }
                let stem = String(lastPart(path).prefix { $0 != "." })
                let (found, findings) = PlayedFlow.load(bytes, file: path, format: format)
                if found?.flow.name == name || stem == name {
                    broken = findings.filter { $0.severity == .error }
                    played = found
                    return found?.flow
                }
            }
            return nil
        }
        let findings = broken.isEmpty ? cases.findings : broken
        return Item(file: CaseFile(file: file, cases: cases.cases, findings: findings), source: source, played: played)
    }

    /// Loads one flow by its path.
    package static func flow(_ path: String) throws(Unreadable) -> (played: PlayedFlow?, findings: [Finding]) {
        guard let format = Document.Format(fileName: path) else {
            throw Unreadable("\(path): a flow is a .yaml, .yml or .json file")
        }
        return PlayedFlow.load(try bytes(path), file: path, format: format)
    }

    package static func bytes(_ path: String) throws(Unreadable) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Unreadable("\(path): no such file, or it cannot be read")
        }
        return Array(data)
    }

    package static func write(_ text: String, to path: String) throws(Unreadable) {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if !folder.isEmpty {
            try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
            throw Unreadable("\(path): cannot be written")
        }
    }

    /// The flow files that `paths` name, those in folders included.
    package static func flowFiles(_ paths: [String]) throws(Unreadable) -> [String] {
        var found: [String] = []
        for path in paths {
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Unreadable("\(path): no such file or folder")
            }
            found += isFolder ? below(path.hasSuffix("/") ? String(path.dropLast()) : path).filter(isFlow) : [path]
        }
        return found
    }

    /// The flows that `paths` name, each once, and what keeps others from being played.
    ///
    /// A test file's path names none.
    package static func flows(_ paths: [String]) throws(Unreadable) -> (flows: [PlayedFlow], findings: [Finding]) {
        var flows: [PlayedFlow] = []
        var findings: [Finding] = []
        var seen: Set<String> = []
        for path in try flowFiles(paths.filter { CaseFile.stem(of: $0) == nil }) where seen.insert(path).inserted {
            let (played, found) = try flow(path)
            if let played { flows.append(played) } else { findings += found.filter { $0.severity == .error } }
        }
        return (flows, findings)
    }

    /// Whether a file found in a folder is a flow by its looks: JSON of other kinds lies about as well.
    private static func isFlow(_ path: String) -> Bool {
        guard CaseFile.stem(of: path) == nil, let format = Document.Format(fileName: path),
            !path.hasSuffix(".schema.json"), let bytes = try? bytes(path)
        else { return false }
        return Document.read(bytes, file: path, format: format).document?.root["nodes"] != nil
    }

    // MARK: Looking

    private static func files(_ paths: [String], where isWanted: (String) -> Bool) throws(Unreadable) -> [String] {
        var found: [String] = []
        for path in paths {
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Unreadable("\(path): no such file or folder")
            }
            if isFolder {
                found += below(path.hasSuffix("/") ? String(path.dropLast()) : path).filter(isWanted)
            } else if isWanted(path) {
                found.append(path)
            } else if let test = CaseFile.endings.map({ stem(path) + $0 }).first(where: exists) {
                found.append(test)
            } else {
                throw Unreadable("\(path): there is no test file for it (\(stem(path)).test.yaml)")
            }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0).inserted }
    }

    private static func below(_ folder: String) -> [String] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
            return isFolder ? below(path) : [path]
        }
    }

    /// Flow files in a test file's folder, those of the same stem first.
    private static func flows(beside file: String) -> [String] {
        let cut = file.lastIndex(of: "/")
        let folder = cut.map { String(file[..<$0]) } ?? "."
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let flows = names.filter { name in
            !name.hasPrefix(".") && CaseFile.stem(of: name) == nil && Document.Format(fileName: name) != nil
        }
        let stem = CaseFile.stem(of: file) ?? ""
        let own = flows.filter { $0.prefix { $0 != "." } == stem[...] }
        return (own + flows.filter { !own.contains($0) }).map { cut == nil ? $0 : "\(folder)/\($0)" }
    }

    private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private static func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func stem(_ path: String) -> String {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return path }
        return String(path[..<dot])
    }
}
