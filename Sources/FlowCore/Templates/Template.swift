/// A text with values in it, parsed at load: `Caller <<Start.call.from | default: "unknown">>`.
package struct Template: Sendable {
    package enum Part: Sendable {
        case literal(String)
        case reference(Reference)
    }

    package let parts: [Part]

    package init(_ parts: [Part]) {
        self.parts = parts
    }

    package init(literal: String) {
        parts = literal.isEmpty ? [] : [.literal(literal)]
    }

    /// The text where no value is read, else nil.
    package var literal: String? {
        switch parts.count {
        case 0: return ""
        case 1:
            guard case .literal(let text) = parts[0] else { return nil }
            return text
        default: return nil
        }
    }

    package var references: [Reference] {
        parts.compactMap { part in
            guard case .reference(let reference) = part else { return nil }
            return reference
        }
    }

    /// Whether it is one value and nothing else, turned into JSON by its last filter.
    package var isJSONValue: Bool {
        guard parts.count == 1, case .reference(let reference) = parts[0] else { return false }
        return reference.filters.last?.kind == .json
    }
}

/// `Node.path[0] | filter`: where a value comes from and what is done to it.
package struct Reference: Sendable {
    package enum Source: Hashable, Sendable {
        /// A node's value, found when the flow was loaded: the node's index, and the value's index in its type's list.
        case value(node: Int, value: Int)
        /// All values of a node together.
        case node(Int)
        /// One of the flow's variables, by its index.
        case variable(Int)
        /// From the environment, never from a run.
        case secret(String)
    }

    package enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    package var source: Source
    /// What is left of the path behind the value's own name: the parts of a JSON answer, a parameter's name.
    package var path: [Step]
    package var filters: [Filter]
    /// As the author wrote it, for messages: `Start.call.from`.
    package var text: String
    /// Where `<<…>>` stands in its text, marks included, in UTF-8 bytes.
    package var range: Range<Int>

    package init(source: Source, path: [Step], filters: [Filter], text: String, range: Range<Int>) {
        self.source = source
        self.path = path
        self.filters = filters
        self.text = text
        self.range = range
    }

    package var hasDefault: Bool {
        var value = Datum.missing
        for filter in filters {
            // Behind a filter that turns an empty value into text, such as `size`, a default never holds.
            if filter.kind == .default { return value.isEmpty }
            value = filter.apply(to: value)
        }
        return false
    }
}

extension Template {
    /// As the author wrote it, for a picture.
    var written: String {
        parts.map { part in
            switch part {
            case .literal(let text): text
            case .reference(let reference): "<<\(reference.text)>>"
            }
        }.joined()
    }
}
