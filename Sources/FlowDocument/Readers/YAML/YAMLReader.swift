/// Reads a strict subset of YAML through libyaml: one document, texts as their authors wrote them, and no anchors,
/// aliases, merge keys or tags.
enum YAMLReader {
    /// Upper bound of repair passes; each pass quotes more values or removes stray tabs.
    private static let passes = 50

    /// - Parameter hasGaps: set where something is left out of the tree.
    static func read(
        _ source: [UInt8],
        file: String,
        limits: Limits,
        hasGaps: inout Bool
    ) -> (root: Value?, findings: [Finding]) {
        let characters = YAMLCharacters(source, file: file)
        guard characters.isText else { return (nil, characters.findings) }

        var repair = YAMLRepair(characters.text)
        var pass = YAMLPass(repair, characters, file: file, limits: limits)
        pass.run()
        var unquoted: [UnquotedValue] = []
        for _ in 1..<passes {
            let more = repair.quote(pass.unquoted)
            let isFreed = pass.isStoppedByTab && repair.replaceIdleTabs()
            if more.isEmpty, !isFreed { break }
            unquoted += more
            pass = YAMLPass(repair, characters, file: file, limits: limits)
            pass.run()
        }

        var findings = characters.findings + pass.findings
        if !unquoted.isEmpty {
            let lines = SourceLines(source)
            // Of a value whose end was found in two passes the longer one counts.
            findings += unquoted.filter { repair.value(at: $0.range.lowerBound) == $0.range }
                .map { $0.finding(in: characters.text, file: file, lines: lines) }
        }
        if let failure = pass.failure, !isAboutQuotes(failure, unquoted: findings) { findings.append(failure) }
        if pass.isEmpty, findings.isEmpty { findings.append(ReadFailure.emptyFile.finding(in: file)) }
        hasGaps = pass.hasGaps
        // Behind a syntax error a whole mapping is still worth a look; a text would be a part of what was meant.
        let isWhole = pass.failure == nil || pass.root?.entries != nil
        return (isWhole && !pass.isEmpty ? pass.root : nil, findings)
    }

    /// Whether a line already has a finding about quotes, so that what libyaml says of it would only confuse.
    private static func isAboutQuotes(_ failure: Finding, unquoted: [Finding]) -> Bool {
        unquoted.contains { $0.code == .syntax && $0.span.start.line == failure.span.start.line }
    }
}
