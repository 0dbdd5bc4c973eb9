package import FlowCore
package import FlowDocument

/// Flow files: those that a user names, and those in folders below.
package struct FlowFolder: Sendable {
    /// What the files say.
    package struct Contents: Sendable {
        /// In the order of their paths.
        package var files: [File] = []
        package var flows = FlowSet()
        /// Everything that is wrong, in the order of a report.
        package var findings: [Finding] = []
        /// The findings about files that nobody may read.
        package var unreadable: [Finding] = []

        package init() {}

        package var hasErrors: Bool { findings.contains { $0.severity == .error } }
        package var versions: [FlowVersion] { files.compactMap(\.version) }
    }

    /// One file that could be read.
    package struct File: Sendable {
        package let source: SourceFile
        package let build: FlowBuild
        /// nil where there is no flow in it.
        package let version: FlowVersion?

        fileprivate init(_ source: SourceFile) {
            self.source = source
            build = FlowBuilder.build(source)
            version = build.flow.map {
                FlowVersion(flow: $0.name, file: source.file, format: source.format, source: source.source)
            }
        }

        /// The flow, with its version.
        fileprivate var flow: Flow? {
            guard let flow = build.flow, let version else { return nil }
            return flow.of(version.id)
        }
    }

    package let paths: [String]

    package init(_ paths: [String]) {
        self.paths = paths
    }

    /// Looks for files: `.yaml`, `.yml` and `.json`, hidden ones and `*.test.…` aside.
    ///
    /// - Throws: ``FlowFolderError`` where a path names nothing, or a file that is no flow file.
    package func list() throws(FlowFolderError) -> FolderListing { try FolderListing(of: paths) }

    /// Reads the texts of all files.
    ///
    /// - Returns: The texts in the order of their paths, and what keeps others from being read.
    /// - Throws: ``FlowFolderError`` where a path names nothing, or a file that is no flow file.
    package func sources() throws(FlowFolderError) -> (files: [SourceFile], unreadable: [Finding]) {
        let list = try list()
        var files: [SourceFile] = []
        var unreadable = list.unreadable.map { Self.unreadable($0.path, $0.reason) }
        for (entry, result) in zip(list.entries, list.entries.concurrentMap { $0.read() }) {
            switch result {
            case .failure(let failure): unreadable.append(Self.unreadable(entry.path, failure.reason))
            case .success(let source):
                files.append(SourceFile(file: entry.path, source: source, format: entry.format))
            }
        }
        return (files, unreadable)
    }

    /// Reads all files, and makes a set of their flows.
    ///
    /// - Throws: ``FlowFolderError`` where a path names nothing, or a file that is no flow file.
    package func read() throws(FlowFolderError) -> Contents {
        let (sources, unreadable) = try sources()
        var contents = Contents()
        contents.files = sources.concurrentMap { File($0) }
        let (set, findings) = FlowSet.make(contents.files.compactMap(\.flow))
        contents.flows = set
        contents.unreadable = unreadable
        contents.findings = (unreadable + contents.files.flatMap(\.build.findings) + findings)
            .sorted(by: Finding.inReportOrder)
        return contents
    }

    private static func unreadable(_ path: String, _ reason: String) -> Finding {
        Finding(.syntax, "cannot be read: \(reason)", file: path, span: .start)
    }
}
