package import FlowDocument

/// A checked graph of nodes and the one where runs begin.
///
/// Built once, when it is loaded: names are places in lists, templates are parsed, edges are resolved.
package struct Flow: Sendable {
    package let name: String
    /// Which text this is; set by whoever loaded it.
    package var version: VersionID
    /// The path as the user gave it.
    package let file: String
    package let summary: String
    package let numbers: [ClaimedNumber]
    package let apology: Apology
    package let nodes: [FlowNode]
    /// The start node's place; nil only in a flow with errors.
    package let start: Int?
    /// Where the flow's name stands, or the beginning of the file.
    package let nameSpan: Span

    /// A Plivo number that the flow answers, and where it says so.
    package struct ClaimedNumber: Sendable {
        package let number: PhoneNumber
        package let span: Span
    }

    package func node(named name: String) -> Int? { nodes.firstIndex { $0.name == name } }
}

/// A node in its place in a flow.
///
/// A class, so that whoever walks over the nodes copies one reference each and not all that a node holds.
package final class FlowNode: Sendable {
    package let name: String
    package let nameSpan: Span
    package let description: NodeDescription
    package let behavior: any Node
    /// By outcome, in the order of ``outcomes``.
    package let transitions: [Transition]
    /// A call_forward can be reached from here: what happens here can still decide what the caller hears.
    package let isOnCallPath: Bool
    /// The start node's parameters that the flow reads.
    package let parametersRead: ParametersRead
    /// Every template of the node, with the place it has in the file.
    package let templates: [TemplateUse]
    /// The node's key:value pairs as they were written.
    package let source: Value

    /// The ways out of the node.
    package var outcomes: [Outcome] { description.outcomes }

    /// The index of an outcome that the node's own code names.
    func outcome(_ name: String) -> Int {
        guard let index = description.outcome(name) else {
            preconditionFailure("\(description.type) has no outcome \"\(name)\"")
        }
        return index
    }

    init(_ entry: Entry, _ draft: NodeDraft, isOnCallPath: Bool, parametersRead: ParametersRead) {
        name = entry.key.text
        nameSpan = entry.key.span
        description = draft.description
        behavior = draft.behavior
        transitions = draft.transitions
        self.isOnCallPath = isOnCallPath
        self.parametersRead = parametersRead
        templates = draft.templates
        source = entry.value
    }
}

/// What was read of a node, before it is known what the others make of it.
struct NodeDraft {
    let description: NodeDescription
    let behavior: any Node
    let transitions: [Transition]
    let templates: [TemplateUse]
}

/// Where an outcome leads.
package struct Transition: Sendable {
    package enum Target: Hashable, Sendable {
        case node(Int)
        case end
        /// The outcome was left out: the run ends there.
        case omitted
        /// It names a node that there is not; found only in a flow with errors.
        case dangling
    }

    package let target: Target
    /// The target's name in the file, or the whole of `transitions` where it was left out.
    package let span: Span
    /// The outcome's key in the file; the name's own place where one name stands for all.
    package let keySpan: Span

    package init(_ target: Target, span: Span, keySpan: Span) {
        self.target = target
        self.span = span
        self.keySpan = keySpan
    }

    package var node: Int? {
        guard case .node(let node) = target else { return nil }
        return node
    }
}

/// A template and where it stands.
///
/// A class, as a node is: one reference to copy.
package final class TemplateUse: Sendable {
    package let template: Template
    /// Those of the template, for whoever looks at them many times.
    package let references: [Reference]
    /// The key it belongs to, with dots: `body.caller`.
    package let key: String
    /// The scalar that holds it.
    package let value: Value
    package let place: Escaping

    /// - Parameter references: those of the template.
    init(template: Template, references: [Reference], key: String, value: Value, place: Escaping) {
        self.template = template
        self.references = references
        self.key = key
        self.value = value
        self.place = place
    }
}

/// What a flow's templates read of how a run began: nothing else is kept.
package struct ParametersRead: Hashable, Sendable {
    /// The start node's values, by their place.
    package var values: Set<Int> = []
    /// A template reads all of `params`.
    package var all = false
    package var names: [String] = []
    /// A template reads all of `call.headers`.
    package var allHeaders = false
    package var headers: [String] = []

    /// Adds what a template reads of the start node's values.
    mutating func add(_ references: [Reference], of start: Int) {
        // By place: to look at a reference must not copy all of it.
        for index in references.indices {
            guard case .value(start, let place) = references[index].source else { continue }
            values.insert(place)
            // What has no parts is read as a whole.
            guard case .open = Start.description.values[place].kind else { continue }
            add(references[index].path.first, ofValue: place)
        }
    }

    private mutating func add(_ part: Reference.Step?, ofValue place: Int) {
        let first: String? = if case .key(let key)? = part { key } else { nil }
        switch (Start.description.values[place].name, first) {
        case ("params", let name?): if !names.contains(name) { names.append(name) }
        case ("params", nil): all = true
        case ("call.headers", let name?): if !headers.contains(name) { headers.append(name) }
        case ("call.headers", nil): allHeaders = true
        default: break
        }
    }
}
