import FlowDocument

/// Takes away findings that their author calls meant, and reports silences that do nothing or do not say why.
///
/// Only warnings and infos can be silenced: a flow with an error cannot be served, whatever a comment says.
struct Silencer {
    private let document: Document
    private let silences: [Silence]
    private let malformed: [Finding]

    /// In an order, so that of two that are equally near always the same is guessed.
    private static let codes = Rules.codes.sorted()

    init(_ document: Document) {
        self.document = document
        (silences, malformed) = SilenceReader(document).read()
    }

    /// - Parameter isComplete: whether every rule could look at all of the flow; if not, an unused silence may be right.
    func applied(to findings: [Finding], isComplete: Bool) -> [Finding] {
        guard !silences.isEmpty || !malformed.isEmpty else { return findings }
        let names = (document.root["nodes"]?.entries ?? []).map(\.key.text)
        let known = Set(names)
        let claims = Claims(silences, in: document)
        var used: Set<Claim> = []
        var errors: Set<Claim> = []
        var left: [Finding] = []
        for finding in findings {
            let covering = claims.covering(finding, in: document)
            if finding.severity == .error {
                errors.formUnion(covering)
            } else {
                used.formUnion(covering)
            }
            if covering.isEmpty || finding.severity == .error { left.append(finding) }
        }
        for silence in silences {
            if case .node(let name?) = silence.scope, !known.contains(name) {
                left.append(noNode(name, of: silence, among: names))
                continue
            }
            left += complaints(about: silence, used: used, errors: errors, isComplete: isComplete)
        }
        return left + malformed
    }

    // MARK: What is wrong with a silence

    private func noNode(_ name: String, of silence: Silence, among names: [String]) -> Finding {
        finding(
            "\"\(silence.label)\" silences nothing: there is no node \"\(name)\"",
            at: silence.nodeSpan ?? silence.span,
            fixes: nearMiss(name, among: names).map { [Fix("did you mean \"\($0)\"?", .safe, [])] } ?? []
        )
    }

    private func complaints(
        about silence: Silence,
        used: Set<Claim>,
        errors: Set<Claim>,
        isComplete: Bool
    ) -> [Finding] {
        var found: [Finding] = []
        for code in silence.codes {
            let this = Claim(scope: silence.scope, code: code.id)
            guard Rules.codes.contains(code.id) else {
                let guess = Rules.named(code.id)?.code.id ?? nearMiss(code.id.uppercased(), among: Self.codes)
                found.append(
                    finding(
                        code.id.isEmpty
                            ? "a code is missing in \"ignore[]\"" : "\"\(code.id)\" is not the code of a rule",
                        at: code.id.isEmpty ? silence.span : code.span,
                        fixes: guess.map { meant in
                            let isOwn = code.span.start.line == silence.span.start.line && document.format == .yaml
                            return [Fix("did you mean \"\(meant)\"?", .safe, isOwn ? [Edit(code.span, meant)] : [])]
                        } ?? []
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
                        fixes: [Fix("remove it", .safe, removal(of: silence))]
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

    /// Takes away a comment that does nothing else; nothing in JSON, where an item of a list would have to go.
    private func removal(of silence: Silence) -> [Edit] {
        guard document.format == .yaml, case .line = silence.scope, silence.codes.count == 1 else { return [] }
        let source = document.source
        let start = silence.span.start
        let lineStart = source[..<start.offset].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
        let lineEnd = source[start.offset...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count
        guard let mark = source[lineStart..<start.offset].lastIndex(of: UInt8(ascii: "#")) else { return [] }
        let text = source[lineStart..<mark].lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 }
        // A comment alone on its line goes with the line.
        let range = text.map { $0..<lineEnd } ?? lineStart..<min(lineEnd + 1, source.count)
        let lines = document.lines
        return [Edit(Span(lines.position(at: range.lowerBound), lines.position(at: range.upperBound)), "")]
    }

    private func finding(_ message: String, at span: Span, help: [String] = [], fixes: [Fix] = []) -> Finding {
        Finding(UnusedSilence.code, message, file: document.file, span: span, help: help, fixes: fixes)
    }
}

/// A code that some silence takes away somewhere; several may say the same.
private struct Claim: Hashable {
    let scope: Silence.Scope
    let code: String
}

/// Finds what covers a finding without a look at every silence, as a file may have thousands of both.
private struct Claims {
    /// Those of a line or of the whole flow.
    private var all: Set<Claim> = []
    /// Those of nodes that there are, by code, with what the node spans.
    private var nodes: [String: [(claim: Claim, span: Span)]] = [:]

    init(_ silences: [Silence], in document: Document) {
        let entries = document.root["nodes"]?.entries ?? []
        let places = Dictionary(entries.indices.map { (entries[$0].key.text, $0) }) { first, _ in first }
        for silence in silences {
            for code in silence.codes {
                let claim = Claim(scope: silence.scope, code: code.id)
                guard all.insert(claim).inserted, case .node(let name?) = silence.scope, let place = places[name] else {
                    continue
                }
                let (key, value) = (entries[place].key.span, entries[place].value.span)
                nodes[code.id, default: []].append((claim, Span(key.start, max(value.end, key.end))))
            }
        }
    }

    func covering(_ finding: Finding, in document: Document) -> [Claim] {
        let code = finding.code.id
        let line = finding.span.start.line
        // No comment can stand inside a text of several lines.
        let first = document.firstLine(ofTextAt: finding.span.start.offset).flatMap { $0 < line ? $0 : nil }
        let scopes = [Silence.Scope.line(line), .node(nil)] + (first.map { [.line($0)] } ?? [])
        let wide = scopes.map { Claim(scope: $0, code: code) }
        let narrow = (nodes[code] ?? []).filter { $0.span.contains(finding.span) }
        return wide.filter(all.contains) + narrow.map(\.claim)
    }
}
