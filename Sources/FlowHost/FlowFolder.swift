package import FlowCore
package import FlowDocument
package import FlowStore

/// Flow files: those that a user names, and those in folders below.
package struct FlowFolder: Sendable {
    /// What the files say.
    package struct Contents: Sendable {
        /// In the order of their paths.
        package var files: [File] = []
        package var flows = FlowSet()
        /// Everything that is wrong, in the order of a report.
        package var findings: [Finding] = []

        package init() {}

        package var hasErrors: Bool { findings.contains { $0.severity == .error } }
        package var versions: [FlowVersion] { files.compactMap(\.version) }
    }

    /// One file that could be read.
    package struct File: Sendable {
        package let path: String
        package let source: [UInt8]
        package let build: FlowBuild
        /// nil where there is no flow in it.
        package let version: FlowVersion?

        fileprivate init(_ entry: Entry, _ source: [UInt8]) {
            path = entry.path
            self.source = source
            build = FlowBuilder.build(source: source, file: entry.path, format: entry.format)
            version = build.flow.map {
                FlowVersion(flow: $0.name, file: entry.path, format: entry.format, source: source)
            }
        }

        /// The flow, with its version.
        fileprivate var flow: Flow? {
            guard var flow = build.flow, let version else { return nil }
            flow.version = version.id
            return flow
        }
    }

    package let paths: [String]

    package init(_ paths: [String]) {
        self.paths = paths
    }

    /// Reads all files.
    ///
    /// - Throws: ``FlowFolderError`` where a path names nothing, or a file that is no flow file.
    package func read() throws(FlowFolderError) -> Contents {
        let list = try list()
        var contents = Contents()
        contents.findings = list.unreadable.map { Self.unreadable($0.path, $0.reason) }
        let results = list.entries.concurrentMap { entry in entry.read().map { File(entry, $0) } }
        for (entry, result) in zip(list.entries, results) {
            switch result {
            case .failure(let failure): contents.findings.append(Self.unreadable(entry.path, failure.reason))
            case .success(let file):
                contents.findings += file.build.findings
                contents.files.append(file)
            }
        }
        let (set, findings) = FlowSet.make(contents.files.compactMap(\.flow))
        contents.flows = set
        contents.findings += findings
        contents.findings.sort(by: Finding.inReportOrder)
        return contents
    }

    private static func unreadable(_ path: String, _ reason: String) -> Finding {
        Finding(.syntax, "cannot be read: \(reason)", file: path, span: .start)
    }
}

/// A path that cannot be looked into at all.
package enum FlowFolderError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(String)
    case notAFlowFile(String)

    package var description: String {
        switch self {
        case .missing(let path): "no such file or folder: \"\(LogText.clean(path))\""
        case .notAFlowFile(let path): "\"\(LogText.clean(path))\" is no flow file: they end in .yaml, .yml or .json"
        }
    }
}
