import FlowCore
import FlowDocument

/// Writes a picture as a Mermaid flowchart, for a fenced block on GitHub.
package enum MermaidRenderer {
    package static func render(_ picture: Picture) -> String {
        var text = "flowchart TD\n"
        for (index, box) in picture.boxes.enumerated() { text += "    \(node(box, index))\n" }
        var links: [Outcome.Tone: [Int]] = [:]
        for (index, arrow) in picture.arrows.enumerated() {
            let label = arrow.labels.map { escaped($0.text) }.joined(separator: "<br>")
            let isDotted = arrow.isLeftOut || arrow.isEvent
            text += "    n\(arrow.from) \(isDotted ? "-." : "--") \"\(label)\" "
            text += "\(isDotted ? ".->" : "-->") n\(arrow.to)\n"
            links[arrow.tone, default: []].append(index)
        }
        text += classes(of: picture)
        for tone in [Outcome.Tone.good, .bad, .neutral] {
            guard let numbers = links[tone] else { continue }
            text += "    linkStyle \(numbers.map(String.init).joined(separator: ",")) stroke:\(tone.color)\n"
        }
        return text
    }

    private static func node(_ box: Box, _ index: Int) -> String {
        switch box.kind {
        case .end: return "n\(index)([\"end\"]):::end_"
        case .missing: return "n\(index)[\"<b>\(escaped(box.name))</b><br>no such node\"]:::missing"
        default: break
        }
        var lines = ["<b>\(escaped(box.name))</b>", escaped(([box.type] + box.notes).joined(separator: " · "))]
        if !box.headline.isEmpty { lines.append(escaped(shortened(box.headline))) }
        if !box.details.isEmpty { lines.append(escaped(box.detailText)) }
        if let badge = Badge(box.marks) { lines.append("\(sign(badge.severity)) \(escaped(badge.text))") }
        let label = lines.joined(separator: "<br>")
        return box.kind == .start
            ? "n\(index)([\"\(label)\"]):::start" : "n\(index)[\"\(label)\"]:::\(box.kind.rawValue)"
    }

    private static func sign(_ severity: Finding.Severity) -> String {
        switch severity {
        case .error: "✖"
        case .warning: "⚠"
        case .info: "ⓘ"
        }
    }

    private static func shortened(_ text: String) -> String {
        text.count > 60 ? text.prefix(59) + "…" : text
    }

    private static func classes(of picture: Picture) -> String {
        let used = Set(picture.boxes.map(\.kind))
        return Box.Kind.allCases.filter(used.contains).map { "    classDef \(style($0))\n" }.joined()
    }

    /// Fill and text together, so that they are read on a light and on a dark page.
    private static func style(_ kind: Box.Kind) -> String {
        switch kind {
        case .start: "start fill:#dafbe1,stroke:#1a7f37,color:#1f2328"
        case .dial: "dial fill:#ddf4ff,stroke:#0969da,color:#1f2328"
        case .request: "request fill:#fbefff,stroke:#8250df,color:#1f2328"
        case .delivery: "delivery fill:#fbefff,stroke:#8250df,color:#1f2328,stroke-dasharray:5 4"
        case .step: "step fill:#f6f8fa,stroke:#818b98,color:#1f2328"
        case .end: "end_ fill:#eff2f5,stroke:#818b98,color:#59636e"
        case .missing: "missing fill:#ffebe9,stroke:#cf222e,color:#cf222e,stroke-dasharray:5 4"
        }
    }

    /// As Mermaid's entity codes (`#35;`), all but what can mean nothing to it, to Markdown or to HTML.
    static func escaped(_ text: String) -> String {
        let scalars = Array(PlainText.oneLine(text).unicodeScalars)
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            // Between letters an underscore emphasizes nothing.
            let isInWord =
                scalar == "_" && index > 0 && index + 1 < scalars.count && isWord(scalars[index - 1])
                && isWord(scalars[index + 1])
            if isWord(scalar) || isInWord || scalar.value > 0x7F || " +-/:,.()".unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "#\(scalar.value);"
            }
        }
        return result
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }
}
