/// Compares what Plivo was told with what a case expects.
struct AnswerComparison {
    let pattern: AnswerPattern

    init(_ pattern: AnswerPattern) {
        self.pattern = pattern
    }

    func failures(_ answer: [UInt8]) -> [CaseFailure] {
        guard let root = XMLElement(answer) else {
            let found = String(decoding: answer, as: UTF8.self)
            return [CaseFailure("answer", expected: "well-formed XML", found: found, span: pattern.span)]
        }
        let wanted = pattern.elements.map(\.name)
        let found = root.children.map(\.name)
        guard wanted == found else {
            return [
                CaseFailure(
                    "answer",
                    expected: wanted.isEmpty ? "nothing" : wanted.joined(separator: ", "),
                    found: found.isEmpty ? "nothing" : found.joined(separator: ", "),
                    span: pattern.span
                )
            ]
        }
        return zip(pattern.elements, root.children).flatMap { failures($0, $1) }
    }

    private func failures(_ pattern: AnswerPattern.Element, _ element: XMLElement) -> [CaseFailure] {
        let name = pattern.key
        var failures: [CaseFailure] = []
        if let targets = pattern.targets {
            let found = element.children.map(\.text)
            if found != targets.content {
                failures.append(
                    CaseFailure(
                        "\(name).to",
                        expected: targets.content.joined(separator: ", "),
                        found: found.joined(separator: ", "),
                        span: targets.span
                    )
                )
            }
        }
        for attribute in pattern.attributes where element[attribute.name] ?? "" != attribute.text {
            failures.append(
                CaseFailure(
                    "\(name).\(attribute.name)",
                    expected: attribute.text,
                    found: element[attribute.name] ?? "nothing",
                    span: attribute.span
                )
            )
        }
        if let text = pattern.text, text.content != element.text {
            failures.append(CaseFailure(name, expected: text.content, found: element.text, span: text.span))
        }
        return failures
    }
}
