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
        var flows: [Flow] = []
        for entry in list.entries {
            switch entry.read() {
            case .failure(let failure):
                contents.findings.append(Self.unreadable(entry.path, failure.reason))
            case .success(let source):
                let build = FlowBuilder.build(source: source, file: entry.path, format: entry.format)
                contents.findings += build.findings
                var version: FlowVersion?
                if var flow = build.flow {
                    let text = FlowVersion(flow: flow.name, file: entry.path, format: entry.format, source: source)
                    flow.version = text.id
                    flows.append(flow)
                    version = text
                }
                contents.files.append(File(path: entry.path, source: source, build: build, version: version))
            }
        }
        let (set, findings) = FlowSet.make(flows)
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
