/// Writes SVG: elements as text, everything from authors escaped.
struct SVGText {
    private(set) var text = ""

    mutating func add(_ markup: String) {
        text += markup
        text += "\n"
    }

    /// One line of an author's text.
    mutating func write(_ content: String, x: Double, y: Double, class name: String = "", anchor: String = "") {
        let name = name.isEmpty ? "" : " class=\"\(name)\""
        let anchor = anchor.isEmpty ? "" : " text-anchor=\"\(anchor)\""
        add("<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(name)\(anchor)>\(Self.escaped(content))</text>")
    }

    mutating func rect(_ frame: Rect, radius: Double, class name: String) {
        let (x, y) = (Self.number(frame.x), Self.number(frame.y))
        let (width, height) = (Self.number(frame.size.width), Self.number(frame.size.height))
        add(
            "<rect class=\"\(name)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" "
                + "rx=\"\(Self.number(radius))\"/>"
        )
    }

    /// For text between tags and in attributes with either quote.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// With one decimal at most.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }

    /// The path of a line, as `d`.
    static func path(_ route: Route) -> String {
        func at(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }
        return route.steps.map { step in
            switch step {
            case .move(let point): "M\(at(point))"
            case .line(let point): "L\(at(point))"
            case .curve(let first, let second, let end): "C\(at(first)) \(at(second)) \(at(end))"
            }
        }.joined()
    }
}
