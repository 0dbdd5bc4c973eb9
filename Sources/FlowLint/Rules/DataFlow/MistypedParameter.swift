import FlowCore
import FlowDocument

/// A near miss of the name of a Plivo parameter, or a value that only a dial gives.
enum MistypedParameter: Rule {
    static let code = Code("FD310", "mistyped-parameter", .warning)
    static let summary =
        "A template reads a parameter by a near miss of its name, or by the name of a dial's value."
    static let why = """
        Parameters are read by the very name that Plivo sends, capitals and all. Any other name is the empty \
        text.
        """
    static let bad = [
        Example.dialling("caller_name: ↓<<Start.params.Callstatus>>"),
        Example.reporting(
            """
            url: https://app.example.com/log
            body:
              status: ↓<<Start.params.DialStatus>>
              cause: <<Forward.DialHangupCause>>
            transitions: end
            """
        ),
    ]
    static let good = [
        Example.dialling("caller_name: <<Start.params.CallStatus>>"),
        Example.dialling("caller_name: <<Start.params.CampaignColour>>"),
    ]

    /// What Plivo sends with calls and messages (plivo.com/docs/xml/request, plivo.com/docs/messaging/concepts/receive).
    private static let parameters = [
        "ALegRequestUUID", "ALegUUID", "AnswerTime", "BLegUUID", "BillDuration", "BillRate", "Body", "CallStatus",
        "CallUUID", "CallerName", "Direction", "Duration", "EndTime", "Event", "ForwardedFrom", "From", "FromCountry",
        "HangupCause", "HangupCauseCode", "HangupCauseName", "HangupSource", "MachineDetection", "Media0",
        "MessageIntent", "MessageTime", "MessageUUID", "ParentAuthID", "PowerpackUUID", "RequestUUID", "RouteType",
        "STIRAttestation", "STIRVerification", "SessionStart", "StartTime", "Status", "Text", "To", "ToCountry",
        "TotalAmount", "TotalCost", "TotalRate", "Type", "Units",
    ]

    /// Plivo's names by their letters.
    private static let parametersByLetters = byLetters(parameters)
    /// The names of what is there only after a dial, by their letters.
    private static let dialValuesByLetters = byLetters(
        NodeTypes.all.map { $0.description }.filter(\.dials).flatMap(\.values).flatMap { [$0.name] + $0.aliases }
    )

    static func check(_ subject: Subject) -> [Finding] {
        subject.findings { read in
            guard subject.isStart(read.source),
                subject.flow.nodes[read.source].description.values[read.value].roles.contains(.parameters),
                case .key(let name)? = read.reference.path.first, !parameters.contains(name),
                !name.lowercased().hasPrefix("x-ph-")
            else { return nil }
            let letters = letters(of: name)
            if let meant = parametersByLetters[letters] { return mistyped(name, meant, read, subject) }
            if let value = dialValuesByLetters[letters] { return misplaced(name, value, read, subject) }
            return nearest(to: name).map { mistyped(name, $0, read, subject) }
        }
    }

    private static func mistyped(_ name: String, _ meant: String, _ read: ValueRead, _ subject: Subject) -> Finding {
        subject.finding(
            code,
            "Plivo sends \"\(meant)\"; \"\(name)\" will be empty",
            at: subject.span(of: read.reference, in: read.use),
            fixes: [fix(name, meant, read, subject)]
        )
    }

    private static func fix(_ name: String, _ meant: String, _ read: ValueRead, _ subject: Subject) -> Fix {
        let start = "\(subject.flow.nodes[read.source].name).params."
        let text = read.reference.text
        let rest = text.hasPrefix(start + name) ? text.dropFirst(start.count + name.count) : nil
        let edit = rest.flatMap { subject.edit(read.reference, in: read.use, to: start + meant + $0) }
        return Fix("did you mean \"<<\(start)\(meant)>>\"?", .safe, edit)
    }

    /// The name of something that a call_forward gives.
    private static func misplaced(_ name: String, _ value: String, _ read: ValueRead, _ subject: Subject) -> Finding {
        let call = subject.dialPlans.count == 1 ? subject.dialPlans.first : nil
        return subject.finding(
            code,
            "\"\(name)\" will be empty: only a call_forward has such a value",
            at: subject.span(of: read.reference, in: read.use),
            help: [
                call.map { "read it from the call_forward: \"<<\($0.node.name).\(value)>>\"" }
                    ?? "read \"\(value)\" of a call_forward"
            ]
        )
    }

    private static func byLetters(_ names: [String]) -> [String: String] {
        Dictionary(names.map { (letters(of: $0), $0) }) { first, _ in first }
    }

    /// A name without capitals and punctuation.
    private static func letters(of name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// The name that is a slip of the finger away: two edits, in a short name one.
    ///
    /// Any name may come with the flow's URL, so that a guess has to be all but certain.
    private static func nearest(to written: String) -> String? {
        let name = Array(written.lowercased().utf8)
        let most = min(2, name.count / 5)
        guard most > 0 else { return shortMiss(written) }
        return (1...most).lazy.compactMap { edits in
            parameters.first { isNear(name[...], Array($0.lowercased().utf8)[...], edits: edits) }
        }.first
    }

    /// The short name of which two letters changed places, or one is missing, where it begins as Plivo's names do.
    private static func shortMiss(_ name: String) -> String? {
        guard name.utf8.count > 2, name.first?.isUppercase == true else { return nil }
        let found = parameters.filter { parameter in
            if name.count == parameter.count { return name.sorted() == parameter.sorted() }
            return name.count + 1 == parameter.count
                && isNear(Array(name.utf8)[...], Array(parameter.utf8)[...], edits: 1)
        }
        return found.count == 1 ? found[0] : nil
    }

    /// Whether a few insertions, deletions, substitutions and swaps of neighbours make one name of the other.
    private static func isNear(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>, edits: Int) -> Bool {
        guard abs(one.count - other.count) <= edits else { return false }
        guard let first = one.first, let second = other.first else { return true }
        let (rest, otherRest) = (one.dropFirst(), other.dropFirst())
        if first == second { return isNear(rest, otherRest, edits: edits) }
        guard edits > 0 else { return false }
        if rest.first == second, otherRest.first == first,
            isNear(rest.dropFirst(), otherRest.dropFirst(), edits: edits - 1)
        {
            return true
        }
        return isNear(rest, other, edits: edits - 1) || isNear(one, otherRest, edits: edits - 1)
            || isNear(rest, otherRest, edits: edits - 1)
    }
}
