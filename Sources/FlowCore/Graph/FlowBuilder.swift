package import FlowDocument

/// A flow, and everything that is wrong with it.
package struct FlowBuild: Sendable {
    /// As much of the flow as could be read; to be run only without an error among the findings.
    package let flow: Flow?
    package let document: Document?
    package let findings: [Finding]

    package var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

/// Turns a document into a flow: names become places, templates are parsed, edges are resolved.
package struct FlowBuilder {
    private let document: Document
    private let scope: FlowScope
    private let entries: [Entry]

    /// Nodes of one flow.
    package static let maximumNodes = 2_000

    /// Reads and builds one file.
    package static func build(
        source: [UInt8],
        file: String,
        format: Document.Format,
        version: VersionID = VersionID(digest: [])
    ) -> FlowBuild {
        let result = Document.read(source, file: file, format: format)
        guard let document = result.document else {
            return FlowBuild(flow: nil, document: nil, findings: result.findings)
        }
        let build = build(document, version: version)
        return FlowBuild(flow: build.flow, document: document, findings: result.findings + build.findings)
    }

    package static func build(_ document: Document, version: VersionID = VersionID(digest: [])) -> FlowBuild {
        let entries = document.root["nodes"]?.entries ?? []
        let builder = FlowBuilder(document: document, entries: Array(entries.prefix(maximumNodes)))
        let flow = builder.flow(version)
        return FlowBuild(flow: flow, document: document, findings: builder.scope.findings)
    }

    private init(document: Document, entries: [Entry]) {
        self.document = document
        self.entries = entries
        scope = FlowScope(
            document: document,
            places: Dictionary(entries.enumerated().map { ($1.key.text, $0) }) { first, _ in first },
            descriptions: entries.map { entry in
                (entry.value["type"]?.text).flatMap { NodeTypes.named($0)?.description }
            }
        )
    }

    private func flow(_ version: VersionID) -> Flow? {
        guard document.root.entries != nil else {
            scope.report(
                .wrongType,
                "a flow is key:value pairs with \"nodes\" among them, and this is \(document.root.kind)",
                at: document.root.span
            )
            return nil
        }
        let head = FlowHead(document, in: scope)
        checkNodeList()
        let drafts = entries.map { draft($0) }
        let start = startNode()
        return Flow(
            name: head.name,
            version: version,
            file: document.file,
            summary: head.summary,
            numbers: head.numbers,
            apology: head.apology,
            nodes: nodes(drafts, start: start),
            start: start,
            nameSpan: head.nameSpan
        )
    }

    // MARK: Nodes

    private func checkNodeList() {
        guard let nodes = document.root["nodes"] else { return }
        guard let all = nodes.entries else {
            scope.report(.wrongType, "\"nodes\" wants key:value pairs, and \(nodes.isNone)", at: nodes.span)
            return
        }
        if all.count > Self.maximumNodes {
            scope.report(.overLimit, "the flow has \(all.count) nodes, limit \(Self.maximumNodes)", at: nodes.span)
        }
        for entry in entries { NodeName.check(entry.key, in: scope) }
    }

    private func draft(_ entry: Entry) -> NodeDraft {
        guard let type = nodeType(entry) else {
            return NodeDraft(
                entry: entry,
                description: UnknownNode.description,
                behavior: UnknownNode(),
                transitions: TransitionReader(entry, nil, in: scope).read(),
                templates: []
            )
        }
        let description = type.description
        let reader = FieldReader(
            entry.value,
            description.fields,
            owner: "\(description.type) \"\(entry.key.text)\"",
            others: ["type", "transitions"],
            in: scope
        )
        let behavior = type.init(reader)
        return NodeDraft(
            entry: entry,
            description: description,
            behavior: behavior,
            transitions: TransitionReader(entry, description, in: scope).read(),
            templates: reader.templates
        )
    }

    private func nodeType(_ entry: Entry) -> (any Node.Type)? {
        var names: [String] { NodeTypes.all.map { $0.description.type } }
        guard entry.value.entries != nil else {
            scope.report(
                .wrongType,
                "node \"\(entry.key.text)\" wants key:value pairs with \"type\" among them",
                at: entry.value.span
            )
            return nil
        }
        guard let value = entry.value["type"] else {
            scope.report(
                .missingKey,
                "\"type\" is missing in node \"\(entry.key.text)\". types are \(names.joined(separator: ", "))",
                at: entry.key.span
            )
            return nil
        }
        guard let text = value.text, let type = NodeTypes.named(text) else {
            let found = value.text.map { "\"\($0)\"" } ?? value.kind
            scope.report(
                .wrongType,
                "\(found) is not a node type. types are \(names.joined(separator: ", "))",
                at: value.span,
                help: value.text.map { guess($0, among: names) } ?? []
            )
            return nil
        }
        return type
    }

    private func startNode() -> Int? {
        let starts = entries.indices.filter { scope.descriptions[$0]?.type == Start.description.type }
        guard document.root["nodes"]?.entries != nil else { return nil }
        guard let first = starts.first else {
            let known = scope.descriptions.allSatisfy { $0 != nil }
            if known {
                scope.report(.startNode, "the flow has no start node. exactly one is wanted", at: headSpan("nodes"))
            }
            return nil
        }
        for other in starts.dropFirst() {
            scope.report(
                .startNode,
                "the flow has \(starts.count) start nodes. exactly one is allowed",
                at: entries[other].key.span,
                related: [scope.related("the first one", at: entries[first].key.span)]
            )
        }
        return first
    }

    private func headSpan(_ key: String) -> Span {
        document.root.entry(key)?.key.span ?? document.root.span
    }

    // MARK: What the graph says

    private func nodes(_ drafts: [NodeDraft], start: Int?) -> [FlowNode] {
        // A node is on the call path where a node that dials can be reached from it.
        let isOnCallPath = Reachability.backwards(
            from: drafts.indices.filter { drafts[$0].description.dials },
            along: drafts.map(\.transitions)
        )
        return drafts.indices.map { index in
            FlowNode(
                drafts[index],
                isOnCallPath: isOnCallPath[index],
                parametersRead: index == start ? parametersRead(of: index, by: drafts) : ParametersRead()
            )
        }
    }

    private func parametersRead(of start: Int, by nodes: [NodeDraft]) -> ParametersRead {
        var read = ParametersRead()
        for node in nodes {
            for reference in node.templates.lazy.flatMap(\.references) {
                guard case .value(start, let place) = reference.source else { continue }
                read.values.insert(place)
                let first: String? = if case .key(let key)? = reference.path.first { key } else { nil }
                switch (Start.description.values[place].name, first) {
                case ("params", let name?): if !read.names.contains(name) { read.names.append(name) }
                case ("params", nil): read.all = true
                case ("call.headers", let name?): if !read.headers.contains(name) { read.headers.append(name) }
                case ("call.headers", nil): read.allHeaders = true
                default: break
                }
            }
        }
        return read
    }
}

/// Stands in for a node whose type is unknown, in a flow that will not run.
private struct UnknownNode: Node {
    static let description = NodeDescription(type: "unknown", summary: "", fields: [], outcomes: [], values: [])

    init() {}
    init(_ reader: FieldReader) {}

    func enter(_ visit: inout Visit) -> Progress { .outcome(0) }
}
