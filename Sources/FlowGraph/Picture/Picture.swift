package import FlowCore
package import FlowDocument

/// A flow as boxes and arrows: what there is to draw, before anybody decides where.
///
/// Made of any flow that could be read, with errors or without: what is wrong is marked.
package struct Picture: Sendable {
    package let title: String
    package let summary: String
    /// The flow's nodes in their order, then what stands for ends and for nodes that there are not.
    package let boxes: [Box]
    /// By the box they leave, in the order of its outcomes, then of its events.
    package let arrows: [Arrow]
    /// The start node's box.
    package let start: Int?
    /// What is wrong with the flow as a whole.
    package let marks: [Mark]

    /// - Parameter findings: what is wrong with the flow; those of other files are left out.
    package init(_ flow: Flow, findings: [Finding] = []) {
        let sorted = FindingPlaces(flow).sorted(findings)
        var drawing = PictureDrawing(flow, marks: sorted.nodes)
        drawing.draw()
        self.init(
            title: flow.name,
            summary: flow.summary,
            boxes: drawing.boxes,
            arrows: drawing.arrows,
            start: flow.start,
            marks: sorted.rest
        )
    }

    package init(title: String, summary: String, boxes: [Box], arrows: [Arrow], start: Int?, marks: [Mark] = []) {
        self.title = title
        self.summary = summary
        self.boxes = boxes
        self.arrows = arrows
        self.start = start
        self.marks = marks
    }

    /// The picture as a text in one of the formats.
    package func text(in format: PictureFormat) -> String {
        switch format {
        case .svg: SVGRenderer.render(self)
        case .mermaid: MermaidRenderer.render(self)
        case .dot: DOTRenderer.render(self)
        }
    }
}
