import FlowCore

/// A JSON value whose members keep their order.
package indirect enum JSON: Sendable {
    case text(String)
    case number(Int)
    case boolean(Bool)
    case list([JSON])
    case object([(String, JSON)])

    /// On one line.
    package var compact: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// With a line a member.
    package var pretty: String {
        var text = ""
        write(to: &text, indent: 0)
        return text + "\n"
    }

    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .text(let content): JSONText.append(content, to: &text)
        case .number(let number): text += String(number)
        case .boolean(let value): text += value ? "true" : "false"
        case .list(let items):
            Self.write(items.count, "[", "]", to: &text, indent: indent) { index, text, indent in
                items[index].write(to: &text, indent: indent)
            }
        case .object(let members):
            Self.write(members.count, "{", "}", to: &text, indent: indent) { index, text, indent in
                JSONText.append(members[index].0, to: &text)
                text += indent == nil ? ":" : ": "
                members[index].1.write(to: &text, indent: indent)
            }
        }
    }

    private static func write(
        _ count: Int,
        _ open: String,
        _ close: String,
        to text: inout String,
        indent: Int?,
        _ item: (Int, inout String, Int?) -> Void
    ) {
        text += open
        let inner = indent.map { $0 + 2 }
        for index in 0..<count {
            if index > 0 { text += "," }
            if let inner { text += "\n" + String(repeating: " ", count: inner) }
            item(index, &text, inner)
        }
        if let indent, count > 0 { text += "\n" + String(repeating: " ", count: indent) }
        text += close
    }
}
