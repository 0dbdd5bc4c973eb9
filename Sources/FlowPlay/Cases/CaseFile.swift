package import FlowCore
package import FlowDocument

/// The cases of one `*.test.yaml`, and what is wrong with them.
package struct CaseFile: Sendable {
    package let file: String
    package let cases: [CallCase]
    package let findings: [Finding]

    package var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// How the names of such files end.
    package static let endings = [".test.yaml", ".test.yml"]

    /// The name without its folder and ``endings``; nil for any other file.
    package static func stem(of file: String) -> String? {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        guard let ending = endings.first(where: { name.hasSuffix($0) }) else { return nil }
        return String(name.dropLast(ending.count))
    }

    /// Reads a file for the flow that it says it is for.
    ///
    /// - Parameter flow: finds a flow by its name, or its file's stem; what is missing becomes a finding.
    package static func read(_ source: [UInt8], file: String, flow: (String) -> Flow?) -> (CaseFile, Flow?) {
        let result = Document.read(source, file: file, format: .yaml)
        guard let document = result.document, !result.findings.contains(where: { $0.severity == .error }) else {
            return (CaseFile(file: file, cases: [], findings: result.findings), nil)
        }
        let scope = CaseScope(file: file)
        let top = scope.keys(document.root, ["flow", "cases"], of: "the test file")
        let name = top["flow"].flatMap { scope.text($0.value, "flow") } ?? stem(of: file) ?? ""
        let found = flow(name)
        if found == nil {
            scope.report(
                .missingKey,
                "there is no flow \"\(name)\" beside the test",
                at: top["flow"]?.value.span ?? .start
            )
        }
        var cases: [CallCase] = []
        if let list = top["cases"].flatMap({ scope.list($0.value, "cases") }), let found {
            var names: [String: Span] = [:]
            for value in list {
                guard let item = CaseReader(scope: scope, flow: found).read(value) else { continue }
                if let first = names[item.name] {
                    scope.report(
                        .duplicateKey,
                        "a case is called \"\(item.name)\" already",
                        at: item.span,
                        related: [.init("the first one", file: file, span: first)]
                    )
                }
                names[item.name] = item.span
                cases.append(item)
            }
        } else if top["cases"] == nil, document.root.entries != nil {
            scope.report(.missingKey, "\"cases\" is missing in the test file", at: document.root.span)
        }
        let findings = (result.findings + scope.findings).sorted(by: Finding.inReportOrder)
        return (CaseFile(file: file, cases: cases, findings: findings), found)
    }
}
