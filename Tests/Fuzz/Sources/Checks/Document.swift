import FlowCore
import FlowDocument
import FlowLint

/// Takes bytes as a flow file, in YAML and in JSON.
package func checkDocument(_ source: [UInt8]) {
    let yaml = checkFile(SourceFile(file: "flow.yaml", source: source, format: .yaml))
    let json = checkFile(SourceFile(file: "flow.json", source: source, format: .json))
    // JSON is YAML.
    if let yaml, let json {
        expect(Shape(yaml.root) == Shape(json.root, nullText: true), "YAML and JSON read the same")
    }
}

/// - Returns: The document, if nothing is wrong with the text.
private func checkFile(_ file: SourceFile) -> Document? {
    let result = Document.read(file.source, file: file.file, format: file.format)
    let places = Places(file.source)
    places.check(result.findings, of: file.file)
    expect(
        zip(result.findings, result.findings.dropFirst()).allSatisfy { !Finding.inReportOrder($1, $0) },
        "findings are in the order of the file"
    )
    let build = FlowBuilder.build(source: file.source, file: file.file, format: file.format)
    expect(build.findings.starts(with: result.findings), "read twice, the same is wrong")
    checkLinting(build, file, places)
    guard let document = result.document else {
        expect(build.hasErrors, "a file without a tree has an error")
        return nil
    }
    checkTree(document, isClean: result.findings.isEmpty, places)
    let again = checkBuilding(document, places)
    expect(build.findings.dropFirst(result.findings.count).elementsEqual(again.findings), "built twice is the same")
    expect(build.document?.root == again.document?.root, "built twice, the tree is the same")
    guard result.findings.isEmpty else { return nil }
    if !build.hasErrors, let flow = build.flow { checkCalls(flow) }
    checkWriting(document)
    return document
}

/// Writes a tree as JSON and reads it again: as JSON, and as the YAML that it is too.
private func checkWriting(_ document: Document) {
    var text = ""
    document.root.writeJSON(to: &text)
    let bytes = Array(text.utf8)
    let json = Document.read(bytes, file: "again.json", format: .json)
    expect(json.findings.isEmpty, "\(text) is JSON: \(json.findings.map(\.message))")
    expect(json.document.map { Shape($0.root) } == Shape(document.root), "\(text) says the same")
    let yaml = Document.read(bytes, file: "again.yaml", format: .yaml)
    // libyaml refuses some characters, and keys of more than 1,024.
    guard yaml.findings.isEmpty, let root = yaml.document?.root else { return }
    expect(Shape(root) == Shape(document.root, nullText: true), "\(text) says the same in YAML")
}

/// Builds a flow from whatever the reader took.
func checkBuilding(_ document: Document, _ places: Places) -> FlowBuild {
    let build = FlowBuilder.build(document)
    places.check(build.findings, of: document.file)
    expect(build.flow != nil || build.hasErrors, "what is no flow has an error")
    if let flow = build.flow, !build.hasErrors { checkFlow(flow, document, places) }
    return build
}

private func checkLinting(_ build: FlowBuild, _ file: SourceFile, _ places: Places) {
    let report = Linter.lint([build], of: [file])
    places.check(report.findings, of: file.file)
    expect(Linter.lint([build], of: [file]).findings == report.findings, "linted twice is the same")
    _ = ReportFormat.text.write(report, colored: true, version: "1")
}
