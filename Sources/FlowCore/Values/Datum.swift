/// What a node gave: a text, or the parts of a JSON answer.
package indirect enum Datum: Hashable, Sendable {
    /// Not there. Renders as the empty text, with a note.
    case missing
    case text(String)
    /// A JSON number, in the digits it came with.
    case number(String)
    case boolean(Bool)
    case null
    case list([Datum])
    case object([Member])
    /// A sensitive value, by its number in the run's vault; shown as ``mask``.
    case sealed(Int)

    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: Datum

        package init(_ key: String, _ value: Datum) {
            self.key = key
            self.value = value
        }
    }
}

extension Datum {
    /// What stands wherever a sensitive value is shown.
    package static let mask = "•••"

    package subscript(_ key: String) -> Datum {
        guard case .object(let members) = self else { return .missing }
        return members.first { $0.key == key }?.value ?? .missing
    }

    package subscript(_ index: Int) -> Datum {
        guard case .list(let items) = self, items.indices.contains(index) else { return .missing }
        return items[index]
    }

    /// Whether nothing would be rendered: missing, null, the empty text or list.
    package var isEmpty: Bool {
        switch self {
        case .missing, .null: true
        case .text(let text): text.isEmpty
        case .list(let items): items.isEmpty
        case .number, .boolean, .object, .sealed: false
        }
    }

    /// A moment, as a node keeps it: RFC 3339 in UTC, with milliseconds.
    package init(_ moment: Timestamp) { self = .text(moment.iso8601) }

    /// The moment that ``init(_:)`` wrote.
    package var moment: Timestamp? {
        guard case .text(let text) = self else { return nil }
        return Timestamp(iso8601: text)
    }

    /// A whole number, as a node keeps it.
    package var wholeNumber: Int? {
        guard case .number(let digits) = self else { return nil }
        return Int(digits)
    }

    /// The value as a template shows it: a list's items joined by commas, an object as JSON, a missing value as nothing.
    package var rendered: String {
        switch self {
        case .missing, .null: ""
        case .text(let text), .number(let text): text
        case .boolean(let flag): flag ? "true" : "false"
        case .list(let items): items.map(\.rendered).joined(separator: ",")
        case .object: json
        case .sealed: Self.mask
        }
    }

    /// As RFC 8259 JSON.
    package var json: String {
        var text = ""
        writeJSON(to: &text)
        return text
    }

    private func writeJSON(to text: inout String) {
        switch self {
        case .missing, .null: text += "null"
        case .number(let digits): text += digits
        case .boolean(let flag): text += flag ? "true" : "false"
        case .text(let content): JSONText.append(content, to: &text)
        case .sealed: JSONText.append(Self.mask, to: &text)
        case .list(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += "," }
                item.writeJSON(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                JSONText.append(member.key, to: &text)
                text += ":"
                member.value.writeJSON(to: &text)
            }
            text += "}"
        }
    }
}
