import FlowDocument

/// Takes away findings that their author calls meant, and reports silences that do nothing or do not say why.
///
/// Only warnings and infos can be silenced: a flow with an error cannot be served, whatever a comment says.
struct Silencer {
    private let document: Document
    private let silences: [Silence]
    private let malformed: [Span]

    init(_ document: Document) {
        self.document = document
        (silences, malformed) = SilenceReader(document).read()
    }

    /// - Parameter isComplete: whether every rule could look at all of the flow; if not, an unused silence may be right.
    func applied(to findings: [Finding], isComplete: Bool) -> [Finding] {
        guard !silences.isEmpty || !malformed.isEmpty else { return findings }
        var used: Set<Place> = []
        var errors: Set<Place> = []
        var left: [Finding] = []
        for finding in findings {
            var isSilenced = false
            for place in places(covering: finding) {
                if finding.severity == .error {
                    errors.insert(place)
                } else {
                    used.insert(place)
                    isSilenced = true
                }
            }
            if !isSilenced { left.append(finding) }
        }
        for (index, silence) in silences.enumerated() {
            left += complaints(about: silence, at: index, used: used, errors: errors, isComplete: isComplete)
        }
        left += malformed.map { span in
            finding(
                "this comment silences nothing: it is not \"ignore[CODE] reason\"",
                at: span,
                help: ["write \"# flowd: ignore[FD204] why it is meant\""]
            )
        }
        return left
    }

    /// A code of a silence.
    private struct Place: Hashable {
        let silence: Int
        let code: Int
    }

    private func places(covering finding: Finding) -> [Place] {
        silences.enumerated().flatMap { index, silence -> [Place] in
            guard covers(silence.scope, finding) else { return [] }
            return silence.codes.indices.filter { silence.codes[$0].id == finding.code.id }.map {
                Place(silence: index, code: $0)
            }
        }
    }

    private func covers(_ scope: Silence.Scope, _ finding: Finding) -> Bool {
        switch scope {
        case .line(let line): return finding.span.start.line == line
        case .node(nil): return true
        case .node(let name?):
            guard let entry = document.root["nodes"]?.entry(name) else {
                return false
            }
            return Span(entry.key.span.start, max(entry.value.span.end, entry.key.span.end)).contains(finding.span)
        }
    }

    // MARK: What is wrong with a silence

    private func complaints(
        about silence: Silence,
        at index: Int,
        used: Set<Place>,
        errors: Set<Place>,
        isComplete: Bool
    ) -> [Finding] {
        var found: [Finding] = []
        for (place, code) in silence.codes.enumerated() {
            let this = Place(silence: index, code: place)
            guard Rules.codes.contains(code.id) else {
                let close = nearMiss(code.id.uppercased(), among: Rules.codes)
                let guess = Rules.codes.contains(code.id.uppercased()) ? code.id.uppercased() : close
                found.append(
                    finding(
                        code.id.isEmpty
                            ? "a code is missing in \"ignore[]\"" : "\"\(code.id)\" is not the code of a rule",
                        at: code.id.isEmpty ? silence.span : code.span,
                        help: guess.map { ["did you mean \"\($0)\"?"] } ?? []
                    )
                )
                continue
            }
            if used.contains(this) { continue }
            if errors.contains(this) {
                found.append(
                    finding(
                        "\(code.id) is an error here, and an error cannot be silenced: flowd does not serve the flow",
                        at: code.span
                    )
                )
            } else if isComplete {
                found.append(
                    finding(
                        "\"\(silence.label)\" silences nothing\(scopeText(silence.scope, code.id))",
                        at: code.span,
                        help: ["remove it"]
                    )
                )
            }
        }
        if silence.reason.allSatisfy(\.isWhitespace) {
            found.append(
                finding(
                    "\"\(silence.label)\" has no reason",
                    at: silence.span,
                    help: ["say behind it why the finding is meant"]
                )
            )
        }
        return found
    }

    private func scopeText(_ scope: Silence.Scope, _ code: String) -> String {
        switch scope {
        case .line(let line): ": there is no \(code) on line \(line)"
        case .node(nil): ": there is no \(code) in this flow"
        case .node(let name?): ": there is no \(code) in node \"\(name)\""
        }
    }

    private func finding(_ message: String, at span: Span, help: [String] = []) -> Finding {
        Finding(UnusedSilence.code, message, file: document.file, span: span, help: help)
    }
}
