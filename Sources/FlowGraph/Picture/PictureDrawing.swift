import FlowCore
import FlowDocument

/// Turns a flow's nodes, transitions and events into boxes and arrows.
struct PictureDrawing {
    private(set) var boxes: [Box] = []
    private(set) var arrows: [Arrow] = []

    private let flow: Flow
    private let marks: [[Mark]]
    private let isReached: [Bool]

    init(_ flow: Flow, marks: [[Mark]]) {
        self.flow = flow
        self.marks = marks
        isReached = Reachability.forwards(from: flow.start.map { [$0] } ?? [], in: flow.nodes)
    }

    mutating func draw() {
        boxes = flow.nodes.indices.map(box)
        for (index, node) in flow.nodes.enumerated() { drawArrows(of: node, at: index) }
    }

    // MARK: Boxes

    private func box(_ index: Int) -> Box {
        let node = flow.nodes[index]
        let kind = kind(of: node)
        var notes: [String] = []
        if kind == .request { notes.append("on the call path") }
        if kind == .delivery { notes.append("delivered") }
        if flow.start != nil, !isReached[index] { notes.append("never reached") }
        return Box(
            kind,
            type: node.writtenType,
            name: node.name,
            headline: headline(index),
            details: DialDetails(node).words,
            notes: notes,
            marks: marks[index]
        )
    }

    private func kind(of node: FlowNode) -> Box.Kind {
        let traits = node.description.traits
        if traits.contains(.begins) { return .start }
        if traits.contains(.requests) { return node.waitsOnCallPath ? .request : .delivery }
        return traits.contains(.dials) ? .dial : .step
    }

    private func headline(_ index: Int) -> String {
        guard index != flow.start else { return numbers }
        return DialDetails(flow.nodes[index]).targets ?? flow.nodes[index].behavior.headline
    }

    private var numbers: String { flow.numbers.map(\.number.text).joined(separator: ", ") }

    // MARK: Arrows

    /// Where an outcome or event leads: to a box, or to a box that is drawn later.
    private enum Goal: Hashable {
        case box(Int)
        case end
        case missing(String)
    }

    private mutating func drawArrows(of node: FlowNode, at index: Int) {
        var goals: [Goal] = []
        var labels: [Goal: [Arrow.Label]] = [:]
        for (outcome, transition) in zip(node.outcomes, node.transitions) {
            guard let goal = goal(of: transition, outcome: outcome, node: node) else { continue }
            if labels[goal] == nil { goals.append(goal) }
            let isLeftOut = transition.target == .omitted
            labels[goal, default: []].append(Arrow.Label(outcome.name, outcome.tone, isLeftOut: isLeftOut))
        }
        for goal in goals {
            var shown = labels[goal] ?? []
            if node.goesOneWay, shown.count > 1 { shown = [Arrow.Label("any outcome", .neutral)] }
            arrows.append(Arrow(from: index, to: boxIndex(of: goal), labels: shown))
        }
        drawEvents(of: node, at: index)
    }

    private mutating func drawEvents(of node: FlowNode, at index: Int) {
        var goals: [Goal] = []
        var labels: [Goal: [Arrow.Label]] = [:]
        for (event, target) in zip(node.description.events, node.events) {
            let goal: Goal
            switch target.target {
            case .node(let node): goal = .box(node)
            case .dangling: goal = .missing(node.source[NodeKeys.events]?[event.name]?.text ?? "")
            case .omitted, .end: continue
            }
            if labels[goal] == nil { goals.append(goal) }
            labels[goal, default: []].append(Arrow.Label("event \(event.name)", .neutral))
        }
        for goal in goals {
            arrows.append(Arrow(from: index, to: boxIndex(of: goal), labels: labels[goal] ?? [], isEvent: true))
        }
    }

    /// - Returns: nil where nothing is to be drawn: a start node says only what it answers.
    private func goal(of transition: Transition, outcome: Outcome, node: FlowNode) -> Goal? {
        switch transition.target {
        case .node(let node): .box(node)
        case .end: .end
        case .omitted: node.description.begins ? nil : .end
        case .dangling: .missing(node.route.missing[outcome.name] ?? "")
        }
    }

    private mutating func boxIndex(of goal: Goal) -> Int {
        switch goal {
        case .box(let index): return index
        case .end: boxes.append(Box(.end, name: "end"))
        case .missing(let name): boxes.append(Box(.missing, type: "no such node", name: name))
        }
        return boxes.count - 1
    }
}

extension FlowNode {
    /// One name stands for all outcomes.
    fileprivate var goesOneWay: Bool { route.only?.isEmpty == false }
}
