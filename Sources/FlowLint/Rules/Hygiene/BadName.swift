import FlowCore
import FlowDocument

/// A name that means something else, cannot be written in a template, or is easily taken for another.
enum BadName: Rule {
    static let code = Code.badName
    static let summary = "A name is reserved, has a character that no name has, or is easily taken for another."
    static let why = """
        "end" ends a run and "secrets" holds secrets, so no node can have these names. Two nodes whose names differ only \
        in capitals, blanks or punctuation are legal, and one day a transition goes to the wrong one.
        """
    static let bad = [
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: end
              ↓end:
                type: http_request
                url: https://app.example.com/log
            """
        ),
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions:
                  completed: Log
                  no_answer: log
                  busy: log
                  failed: log
              Log:
                type: http_request
                url: https://app.example.com/answered
              ↓log:
                type: http_request
                url: https://app.example.com/missed
            """
        ),
    ]
    static let good = [
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions:
                  completed: Answered
                  no_answer: Missed
                  busy: Missed
                  failed: Missed
              Answered:
                type: http_request
                url: https://app.example.com/answered
              Missed:
                type: http_request
                url: https://app.example.com/missed
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        var first: [String: FlowNode] = [:]
        var findings: [Finding] = []
        for node in subject.flow.nodes {
            let letters = node.name.lowercased().filter(isSpoken)
            guard !letters.isEmpty, let other = first[letters] else {
                first[letters] = node
                continue
            }
            let difference = other.name.lowercased() == node.name.lowercased() ? "capitals" : "punctuation"
            findings.append(
                Finding(
                    code,
                    "\"\(other.name)\" and \"\(node.name)\" differ only in \(difference)",
                    file: subject.flow.file,
                    span: node.nameSpan,
                    severity: .warning,
                    help: ["give one of them a name that says how they differ"],
                    related: [.init("the other one", file: subject.flow.file, span: other.nameSpan)]
                )
            )
        }
        return findings
    }

    /// Whether a character is more than punctuation: a letter or a digit.
    private static func isSpoken(_ character: Character) -> Bool {
        if let ascii = character.asciiValue {
            // Looked up in Unicode's tables, the letters of most names would cost more than all else here.
            return (0x61...0x7A).contains(ascii) || (0x30...0x39).contains(ascii)
        }
        return character.isLetter || character.isNumber
    }
}
