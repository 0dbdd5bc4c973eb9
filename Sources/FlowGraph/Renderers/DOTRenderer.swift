import FlowCore
import FlowDocument

/// Writes a picture as a digraph for Graphviz.
package enum DOTRenderer {
    package static func render(_ picture: Picture) -> String {
        var text = """
            digraph \(quoted(picture.title)) {
                rankdir=TB; nodesep=0.5; ranksep=0.5; bgcolor="#ffffff"
                node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, penwidth=1.5, margin="0.2,0.12"]
                edge [fontname="Helvetica", fontsize=10, penwidth=1.2, arrowsize=0.7]

            """
        for (index, box) in picture.boxes.enumerated() { text += "    n\(index) [\(attributes(box))]\n" }
        for arrow in picture.arrows {
            let label = arrow.labels.map { "  " + escaped($0.text) + "  " }.joined(separator: "\\n")
            let color = color(arrow.tone)
            let style = arrow.isEvent ? ", style=dashed" : arrow.isLeftOut ? ", style=dotted" : ""
            text += "    n\(arrow.from) -> n\(arrow.to) "
            text += "[label=\"\(label)\", color=\"\(color)\", fontcolor=\"\(color)\"\(style)]\n"
        }
        return text + "}\n"
    }

    private static func attributes(_ box: Box) -> String {
        switch box.kind {
        case .end:
            return "label=\"end\", shape=oval, width=0.4, height=0.25, margin=\"0.05,0.02\", fontsize=9, "
                + "fillcolor=\"#eff2f5\", color=\"#818b98\", fontcolor=\"#59636e\""
        case .missing:
            return "label=\"\(escaped(box.name))\\nno such node\", style=\"rounded,dashed\", color=\"#cf222e\", "
                + "fontcolor=\"#cf222e\""
        default: break
        }
        var lines = [box.name, ([box.type] + box.notes).joined(separator: " · ")]
        if !box.headline.isEmpty { lines.append(box.headline) }
        if !box.details.isEmpty { lines.append(box.detailText) }
        if let badge = Badge(box.marks) { lines.append("\(badge.severity.rawValue) \(badge.text)") }
        let label = lines.map(escaped).joined(separator: "\\n")
        let tip = box.marks.map { escaped($0.text) }.joined(separator: "\\n")
        let (fill, stroke) = colors(box.kind)
        var attributes = "label=\"\(label)\", fillcolor=\"\(fill)\", color=\"\(stroke)\", fontcolor=\"#1f2328\""
        if box.kind == .delivery { attributes += ", style=\"rounded,filled,dashed\"" }
        if !tip.isEmpty { attributes += ", tooltip=\"\(tip)\"" }
        return attributes
    }

    private static func colors(_ kind: Box.Kind) -> (fill: String, stroke: String) {
        switch kind {
        case .start: ("#dafbe1", "#1a7f37")
        case .dial: ("#ddf4ff", "#0969da")
        case .request, .delivery: ("#fbefff", "#8250df")
        case .step, .end, .missing: ("#f6f8fa", "#818b98")
        }
    }

    private static func color(_ tone: Outcome.Tone) -> String {
        switch tone {
        case .good: "#1a7f37"
        case .bad: "#cf222e"
        case .neutral: "#59636e"
        }
    }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// In a quoted text a backslash begins an escape, and `&` an entity.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in PlainText.oneLine(text).unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "&": result += "&amp;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
