/// Who is dialled.
package enum DialTarget: Hashable, Sendable {
    /// E.164.
    case number(String)
    /// A `sip:` URI.
    case user(String)

    package var text: String {
        switch self {
        case .number(let text), .user(let text): text
        }
    }
}

extension DialTarget {
    /// Reads one number (7 to 15 digits, with or without `+`) or `sip:` URI; nil for anything else.
    package init?(_ text: String) {
        if let number = PhoneNumber(text) {
            self = .number(number.text)
            return
        }
        guard text.utf8.count > 4, text.utf8.count <= 512, text.prefix(4).lowercased() == "sip:",
            text.unicodeScalars.allSatisfy({
                $0.value > 0x20 && $0.value != 0x7F && !"<>\"".unicodeScalars.contains($0)
            })
        else { return nil }
        self = .user(text)
    }

    /// Reads what templates gave: split at commas, trimmed, each target once.
    ///
    /// - Returns: the targets in order, and the texts that were none.
    package static func list(_ texts: [String]) -> (targets: [DialTarget], dropped: [String]) {
        var targets: [DialTarget] = []
        var dropped: [String] = []
        func take(_ target: DialTarget) {
            if !targets.contains(target) { targets.append(target) }
        }
        for text in texts {
            // Most texts are one number.
            if let number = PhoneNumber(text) {
                take(.number(number.text))
                continue
            }
            for part in text.utf8.split(separator: UInt8(ascii: ",")) {
                let text = Substring(part).trimmed
                guard !text.isEmpty else { continue }
                if let target = DialTarget(text) { take(target) } else { dropped.append(text) }
            }
        }
        return (targets, dropped)
    }
}
