import FlowCore
import FlowDocument

/// A text that is not YAML, or not JSON.
enum Syntax: Rule {
    static let code = Code.syntax
    static let summary = "A file is not YAML, or not JSON."
    static let why = """
        In YAML the usual reason is a value that wants quotes: one that begins with a brace, or holds a colon and \
        a blank, as every filter with an argument does.
        """
    static let bad = [
        Example.dialling("caller_name: ↓{{Start.call.from}}")
    ]
    static let good = [
        Example.dialling("caller_name: '{{Start.call.from}}'")
    ]

    /// What is no YAML is found as the file is read; this is about quotes that are none.
    static func check(_ subject: Subject) -> [Finding] {
        var findings: [Finding] = []
        look(at: subject.document.root, subject, &findings)
        return findings
    }

    private static func look(at value: Value, _ subject: Subject, _ findings: inout [Finding]) {
        switch value.content {
        case .scalar(let scalar):
            guard scalar.style == .plain, let quotes = CurlyQuotes.around(scalar.text) else { return }
            findings.append(
                subject.finding(
                    code,
                    "\(CurlyQuotes.name(quotes.first)) is no quote of YAML: it belongs to the text",
                    at: value.span,
                    severity: .warning,
                    fixes: [
                        Fix(
                            "write '\(quotes.content.replacing("'", with: "''"))'",
                            .maybe,
                            Edit(value.span, "'\(quotes.content.replacing("'", with: "''"))'")
                        )
                    ]
                )
            )
        case .list(let items): for item in items { look(at: item, subject, &findings) }
        case .mapping(let entries):
            // By index: a look at an entry must not copy it.
            for index in entries.indices { look(at: entries[index].value, subject, &findings) }
        }
    }
}
