/// The least an XML reader asks for: tags that match, quoted attributes, no bare `&` or `<`.
enum StrictXML {
    /// - Returns: what is wrong, or nil.
    static func problem(in text: String) -> String? {
        var open: [String] = []
        var rest = Substring(text)
        var hasRoot = false
        while let mark = rest.firstIndex(of: "<") {
            if let problem = problem(inText: rest[..<mark]) { return problem }
            rest = rest[rest.index(after: mark)...]
            guard let end = tagEnd(rest) else { return "a tag does not end: \(rest.prefix(40))" }
            let tag = rest[..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard let last = open.popLast(), last == tag.dropFirst() else { return "<\(tag)> is astray" }
                continue
            }
            let isEmpty = tag.hasSuffix("/")
            let parts = (isEmpty ? tag.dropLast() : tag)
            let name = String(parts.prefix { $0 != " " })
            guard !name.isEmpty, name.allSatisfy({ $0.isLetter }) else { return "<\(tag)> is no tag" }
            if let problem = problem(inAttributes: parts.dropFirst(name.count)) { return problem }
            if open.isEmpty, hasRoot { return "a second root: \(name)" }
            hasRoot = true
            if !isEmpty { open.append(name) }
        }
        if let problem = problem(inText: rest) { return problem }
        return open.isEmpty ? nil : "never closed: \(open)"
    }

    private static func tagEnd(_ text: Substring) -> Substring.Index? {
        var quote: Character?
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == ">" {
                return index
            }
        }
        return nil
    }

    private static func problem(inText text: Substring) -> String? {
        if text.contains("]]>") { return "]]> in text" }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }) { return "a control character" }
        var rest = text
        while let mark = rest.firstIndex(of: "&") {
            rest = rest[mark...]
            guard ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].contains(where: rest.hasPrefix) else {
                return "a bare &: \(rest.prefix(20))"
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    private static func problem(inAttributes text: Substring) -> String? {
        var rest = text
        var names: Set<Substring> = []
        while let first = rest.first {
            guard first == " ", let equals = rest.firstIndex(of: "=") else { return "no attribute: \(rest)" }
            let name = rest[rest.index(after: rest.startIndex)..<equals]
            guard names.insert(name).inserted else { return "\(name) twice" }
            rest = rest[rest.index(after: equals)...]
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else {
                return "no quotes: \(rest)"
            }
            let value = rest[rest.index(after: rest.startIndex)..<end]
            if value.contains("<") { return "< in an attribute" }
            if let problem = problem(inText: value) { return problem }
            rest = rest[rest.index(after: end)...]
        }
        return nil
    }
}
