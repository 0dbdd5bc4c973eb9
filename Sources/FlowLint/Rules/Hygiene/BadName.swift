import FlowCore
import FlowDocument

/// A name that means something else, cannot be written in a template, or is easily taken for another.
enum BadName: Rule {
    static let code = Code.badName
    static let summary = "A name is reserved, has a character that no name has, or is easily taken for another."
    static let why = """
        "end" ends a run, "secrets" holds secrets and "vars" variables, so no node can have these names. Two nodes whose \
        names differ only in capitals, blanks or punctuation are legal, and one day a transition goes to the wrong one.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: end
            ↓end:
              type: http_request
              url: https://app.example.com/log
            """
        ),
        Example.nodes(
            """
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
        Example.nodes(
            """
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
        first.reserveCapacity(subject.flow.nodes.count)
        var findings: [Finding] = []
        for node in subject.flow.nodes {
            let letters = letters(of: node.name)
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

    /// What is more than punctuation, in lower case: letters and digits.
    private static func letters(of name: String) -> String {
        // Looked up in Unicode's tables, the letters of most names would cost more than all else here.
        let bytes = Array(name.utf8)
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            return name.lowercased().filter { $0.asciiValue.map(isSpoken) ?? ($0.isLetter || $0.isNumber) }
        }
        var letters: [UInt8] = []
        letters.reserveCapacity(bytes.count)
        for byte in bytes {
            let small = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            if isSpoken(small) { letters.append(small) }
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// Whether a character of ASCII, in lower case, is a letter or a digit.
    private static func isSpoken(_ ascii: UInt8) -> Bool {
        (0x61...0x7A).contains(ascii) || (0x30...0x39).contains(ascii)
    }
}
