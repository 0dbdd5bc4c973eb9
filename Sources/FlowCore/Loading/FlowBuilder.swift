package import FlowDocument

/// A flow, and everything that is wrong with it.
package struct FlowBuild: Sendable {
    /// As much of the flow as could be read; to be run only without an error among the findings.
    package let flow: Flow?
    package let document: Document?
    package let findings: [Finding]

    package var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

/// Turns a document into a flow: names become indices, templates are parsed, edges are resolved.
package struct FlowBuilder {
    private let document: Document
    private let scope: FlowScope
    private let entries: [Entry]
    /// By the entry's index; nil where the `type` is missing or unknown.
    private let types: [(any Node.Type)?]

    /// Nodes of one flow.
    package static let maximumNodes = 2_000

    /// Reads and builds one file.
    package static func build(_ file: SourceFile) -> FlowBuild {
        build(source: file.source, file: file.file, format: file.format)
    }

    /// Reads and builds a text.
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
        return FlowBuild(
            flow: build.flow,
            document: build.document,
            findings: result.findings + withoutFollowers(build.findings, of: result.findings)
        )
    }

    /// Leaves out what is wrong with values only as YAML reads them: they have to be quoted, or written out, first.
    private static func withoutFollowers(_ findings: [Finding], of reading: [Finding]) -> [Finding] {
        let misread = Dictionary(
            grouping: reading.filter { $0.severity == .error && [.syntax, .unsupportedSyntax].contains($0.code) }.map(
                \.span
            ),
            by: \.start.line
        )
        guard !misread.isEmpty else { return findings }
        let followers: [Code] = [
            .wrongType, .missingKey, .danglingTransition, .unknownOutcome, .notE164, .impossibleNumber,
            .repeatedParameter,
        ]
        return findings.filter { finding in
            guard followers.contains(finding.code) else { return true }
            let spans = misread[finding.span.start.line] ?? []
            return !spans.contains { $0.start <= finding.span.start && finding.span.end <= $0.end }
        }
    }

    package static func build(_ document: Document, version: VersionID = VersionID(digest: [])) -> FlowBuild {
        let document = document.withoutLastBreaks { NodeTypes.named($0)?.description }
        let entries = document.root[FlowHead.nodes.name]?.entries ?? []
        let builder = FlowBuilder(
            document: document,
            entries: Array(entries.prefix(maximumNodes)),
            beyondLimit: entries.dropFirst(maximumNodes)
        )
        let flow = builder.flow(version)
        return FlowBuild(flow: flow, document: document, findings: builder.scope.findings)
    }

    private init(document: Document, entries: [Entry], beyondLimit: ArraySlice<Entry>) {
        self.document = document
        self.entries = entries
        types = entries.indices.map { entries[$0].value[NodeKeys.type]?.text.flatMap(NodeTypes.named) }
        var indices = [String: Int](minimumCapacity: entries.count)
        indices.merge(entries.indices.lazy.map { (entries[$0].key.text, $0) }) { first, _ in first }
        scope = FlowScope(
            document: document,
            indices: indices,
            descriptions: types.map { $0?.description },
            namesBeyondLimit: Set(beyondLimit.lazy.map(\.key.text))
        )
    }

    private func flow(_ version: VersionID) -> Flow? {
        guard document.root.entries != nil else {
            scope.report(
                .wrongType,
                "expected key:value pairs with \"nodes\" among them, found \(document.root.kind)",
                at: document.root.span
            )
            return nil
        }
        if let states = document.root.entry("states"), document.root["initial_state"] != nil {
            scope.report(
                .unknownKey,
                "this is a flow definition of Twilio Studio, which flowd does not read",
                at: states.key.span
            )
            return nil
        }
        let head = FlowHead(document, in: scope)
        checkNodeList()
        let drafts = entries.indices.map { draft(entries[$0], types[$0]) }
        let start = startNode()
        return Flow(
            head,
            version: version,
            file: document.file,
            variables: variables(head.variables, drafts),
            nodes: nodes(drafts, start: start),
            start: start
        )
    }

    // MARK: Nodes

    private func checkNodeList() {
        guard let nodes = document.root[FlowHead.nodes.name] else { return }
        guard let all = nodes.entries else {
            // What is empty is missing, which is said already.
            if nodes.text?.isBlank == true { return }
            scope.report(.wrongType, "expected key:value pairs in \"nodes\", found \(nodes.kind)", at: nodes.span)
            return
        }
        if all.count > Self.maximumNodes {
            scope.report(.overLimit, "the flow has \(all.count) nodes, limit \(Self.maximumNodes)", at: nodes.span)
        }
        for index in entries.indices { NodeName.check(entries[index].key, in: scope) }
    }

    private func draft(_ entry: Entry, _ type: (any Node.Type)?) -> NodeDraft {
        guard let type else {
            reportType(of: entry)
            let (transitions, route) = TransitionReader(entry, nil, outcomes: [], in: scope).read()
            return NodeDraft(
                description: UnknownNode.description,
                behavior: UnknownNode(),
                transitions: transitions,
                events: [],
                route: route,
                templates: [],
                settings: []
            )
        }
        let description = type.description
        let reader = FieldReader(
            entry.value,
            description.fields,
            owner: .node(type: description.type, name: entry.key.text),
            others: NodeKeys.all(of: description),
            in: scope
        )
        let behavior = type.init(reader)
        var (transitions, route) = TransitionReader(entry, description, outcomes: behavior.outcomes, in: scope).read()
        let (events, isUnclear) = EventReader(entry, description, in: scope).read()
        if isUnclear { route.isUnclear = true }
        return NodeDraft(
            description: description,
            behavior: behavior,
            transitions: transitions,
            events: events,
            route: route,
            templates: reader.templates,
            settings: reader.settings
        )
    }

    /// Says why a node has no type that is known.
    private func reportType(of entry: Entry) {
        let types = NodeTypes.all.map { $0.description }
        let names = types.map(\.type)
        guard entry.value.entries != nil else {
            scope.report(
                .wrongType,
                "expected key:value pairs with \"type\" among them in node \"\(entry.key.text)\", found \(entry.value.kind)",
                at: entry.value.span
            )
            return
        }
        guard let value = entry.value[NodeKeys.type] else {
            if let key = mistypedType(in: entry.value) {
                scope.report(
                    .unknownKey,
                    "unknown key \"\(key.text)\" in node \"\(entry.key.text)\", which has no \"type\"",
                    at: key.span,
                    fixes: [Fix(meant: NodeKeys.type, document.edit(key, to: NodeKeys.type))]
                )
                return
            }
            scope.report(
                .missingKey,
                "\"type\" is missing in node \"\(entry.key.text)\". types are \(names.joined(separator: ", "))",
                at: entry.key.span
            )
            return
        }
        if let text = value.text, TemplateParser.hasMarks(text) {
            scope.report(.templateNotAllowed, "templates are not allowed in \"type\"", at: value.span)
            return
        }
        let found = value.text.map { "\"\($0)\"" } ?? value.kind
        scope.report(
            .wrongType,
            "\(found) is not a node type. types are \(names.joined(separator: ", "))",
            at: value.span,
            help: isStranger(value.text, types) ? ["flowd has no node type that does this"] : [],
            fixes: value.text.map { typeFixes($0, types, value) } ?? []
        )
    }

    private func typeFixes(_ text: String, _ types: [NodeDescription], _ value: Value) -> [Fix] {
        guard let meant = ForeignWords.type(text, among: types) else {
            if isStranger(text, types) { return [] }
            return guess(text, among: types.map(\.type)) { document.edit(value, to: $0) }
        }
        return [Fix("did you mean \"\(meant)\"?", .maybe, document.edit(value, to: meant))]
    }

    /// Whether a type is one of other tools that none of flowd's stands for.
    private func isStranger(_ text: String?, _ types: [NodeDescription]) -> Bool {
        text.map { ForeignWords.isStranger($0) && ForeignWords.type($0, among: types) == nil } ?? false
    }

    /// The key that was probably meant to be `type`.
    private func mistypedType(in node: Value) -> Key? {
        guard let entries = node.entries else { return nil }
        return entries.indices.lazy.map { entries[$0].key }.first { nearKey($0.text, among: ["type"]) != nil }
    }

    private func startNode() -> Int? {
        let starts = entries.indices.filter { scope.descriptions[$0]?.begins == true }
        guard document.root[FlowHead.nodes.name]?.entries != nil else { return nil }
        guard let first = starts.first else {
            let known = scope.descriptions.allSatisfy { $0 != nil }
            if known {
                scope.report(.startNode, "the flow has no start node: expected exactly one", at: nodesSpan)
            }
            return nil
        }
        for other in starts.dropFirst() {
            scope.report(
                .startNode,
                "the flow has \(starts.count) start nodes: expected exactly one",
                at: entries[other].key.span,
                related: [scope.related("the first one", at: entries[first].key.span)]
            )
        }
        return first
    }

    private var nodesSpan: Span { document.root.entry(FlowHead.nodes.name)?.key.span ?? document.root.span }

    // MARK: What the graph says

    private func nodes(_ drafts: [NodeDraft], start: Int?) -> [FlowNode] {
        let callPath = CallPath(drafts)
        return drafts.indices.map { index in
            FlowNode(
                entries[index],
                drafts[index],
                isOnCallPath: callPath.holds[index],
                resultCounts: callPath.counts[index],
                parametersRead: index == start ? parametersRead(of: index, by: drafts) : ParametersRead()
            )
        }
    }

    /// The flow's variables, with what is known of their values.
    private func variables(_ declared: [Variable], _ drafts: [NodeDraft]) -> [Variable] {
        guard !declared.isEmpty else { return [] }
        var variables = declared
        variables.takeRoles(of: drafts.flatMap(\.templates)) {
            drafts[$0].description.values
        } isSensitive: {
            drafts[$0].settings.first(.sensitive)?.flag == true
        }
        return variables
    }

    private func parametersRead(of start: Int, by nodes: [NodeDraft]) -> ParametersRead {
        var read = ParametersRead()
        let values = nodes[start].description.values
        for node in nodes {
            for use in node.templates { read.add(use.references, of: start, values) }
        }
        return read
    }
}
