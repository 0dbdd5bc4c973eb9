import FlowCore
import FlowDocument

extension ValueOverLimit {
    /// Prefixes of header names that Plivo keeps for itself.
    private static let reserved = ["PH-", "Plivo", "FS-", "SipAuth", "ZT-", "Twilio", "ClientRegion"]
    private static let nameLimit = 24
    private static let valueLimit = 120

    static func sipHeaders(_ plan: DialPlan, _ subject: Subject) -> [Finding] {
        (plan.node.setting(.sipHeaders)?.source?.entries ?? []).flatMap { entry in
            [name(entry.key, subject), value(entry, subject)].compactMap(\.self)
        }
    }

    private static func name(_ key: Key, _ subject: Subject) -> Finding? {
        let name = key.text
        guard !name.isEmpty, !TemplateParser.hasMarks(name) else { return nil }
        if name.lowercased().hasPrefix("x-ph-") {
            return subject.finding(
                code,
                "\"\(name)\" would arrive as \"X-PH-\(name)\", if at all: Plivo puts \"X-PH-\" in front",
                at: key.span,
                severity: .warning,
                fixes: [fix(key, to: String(name.dropFirst(5)), .safe, subject)]
            )
        }
        if let prefix = reserved.first(where: { name.lowercased().hasPrefix($0.lowercased()) }) {
            let message = "SIP header \"\(name)\" begins with \"\(prefix)\", which is Plivo's own: it would be dropped"
            return subject.finding(code, message, at: key.span)
        }
        if name.count > nameLimit {
            let message = "SIP header \"\(name)\" has \(name.count) characters, limit \(nameLimit)"
            return subject.finding(code, message, at: key.span)
        }
        guard let other = name.first(where: { !isPlain($0) }) else { return nil }
        let plain = name.allSatisfy(\.isASCII) ? name.filter(isPlain) : ""
        return subject.finding(
            code,
            "SIP header \"\(name)\" holds \"\(other)\": Plivo takes letters and digits, and may drop it",
            at: key.span,
            severity: .warning,
            fixes: plain.isEmpty ? [] : [fix(key, to: plain, .maybe, subject)]
        )
    }

    private static func fix(_ key: Key, to name: String, _ safety: Fix.Safety, _ subject: Subject) -> Fix {
        Fix("write \"\(name)\"?", safety, subject.document.edit(key, to: name))
    }

    private static func value(_ entry: Entry, _ subject: Subject) -> Finding? {
        guard let text = entry.value.text, !TemplateParser.hasMarks(text) else { return nil }
        if text.count > valueLimit {
            let message = "the value of \"\(entry.key.text)\" has \(text.count) characters, limit \(valueLimit)"
            return subject.finding(code, message, at: entry.value.span)
        }
        guard let place = text.firstIndex(where: { !isPlain($0) && $0 != "%" }) else { return nil }
        let start = text.utf8.distance(from: text.startIndex, to: place)
        let range = start..<start + text[place].utf8.count
        return subject.finding(
            code,
            "the value of \"\(entry.key.text)\" holds \"\(text[place])\": Plivo takes letters, digits and \"%\", and may drop it",
            at: subject.document.span(ofUTF8: range, in: entry.value),
            severity: .warning,
            fixes: [
                Fix(
                    "percent-encode it: \"\(percentEncoded(text[place]))\"",
                    .maybe,
                    subject.document.edit(ofUTF8: range, in: entry.value, to: percentEncoded(text[place]))
                )
            ]
        )
    }

    /// Encodes whatever it is: `-`, `.` and `_` too, which URLs leave as they are.
    private static func percentEncoded(_ character: Character) -> String {
        character.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count < 2 ? "0" : "") + digits
        }.joined()
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }

    /// `sip:user@host`, with a port and parameters where there are any (RFC 3261, section 19.1).
    static func sipURI(_ use: NumberUse, _ subject: Subject) -> Finding? {
        guard use.isDialled, case .user? = use.target else { return nil }
        let rest = use.text.dropFirst(4)
        let problem: String
        if let at = rest.lastIndex(of: "@") {
            let address = rest[rest.index(after: at)...].prefix { $0 != ";" && $0 != "?" }
            if at == rest.startIndex {
                problem = "names no user in front of \"@\""
            } else if rest[..<at].contains("@") {
                problem = "holds \"@\" twice: one that belongs to a name is written \"%40\""
            } else if !isHost(address) {
                problem = "has no host behind \"@\""
            } else {
                return nil
            }
        } else {
            problem = "names no host"
        }
        return subject.finding(
            code,
            "\"\(use.text)\" \(problem)",
            at: subject.span(of: use),
            help: ["write \"sip:user@phone.plivo.com\" for an endpoint of Plivo's"]
        )
    }

    private static func isHost(_ address: Substring) -> Bool {
        if address.first == "[" { return address.contains("]") }
        let host = address.prefix { $0 != ":" }
        let port = address.dropFirst(host.count + 1)
        let isName = host.allSatisfy { isPlain($0) || $0 == "." || $0 == "-" || $0 == "_" }
        return !host.isEmpty && isName && (port.isEmpty || (1...65_535).contains(Int(port) ?? 0))
    }
}
