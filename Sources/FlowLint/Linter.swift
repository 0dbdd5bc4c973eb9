package import FlowCore
package import FlowDocument

/// Gives every finding of a set of flow files.
///
/// Each file is read and looked at for itself, so that a broken one never stops another; only names and numbers that
/// are claimed twice concern several. A pure function: no disk, no clock.
package enum Linter {
    package static func lint(_ files: [SourceFile]) -> LintReport { lint(read(files), of: files) }

    /// Reads the flows, one for each file.
    package static func read(_ files: [SourceFile]) -> [FlowBuild] { files.concurrentMap { FlowBuilder.build($0) } }

    /// Looks at flows that were read already, one for each file.
    ///
    /// - Parameter today: the date, for what depends on it; nil where nothing shall.
    package static func lint(_ builds: [FlowBuild], of files: [SourceFile], today: CivilDate? = nil) -> LintReport {
        let flows = builds.compactMap(\.flow)
        let claims = NumberClaims(flows)
        let shared = Dictionary(grouping: FlowSet.claimedTwice(by: flows), by: \.file)
        let results = builds.concurrentMap { result(of: $0, claims, shared, today) }
        return LintReport(
            findings: results.flatMap(\.findings).sorted(by: Finding.inReportOrder),
            files: files,
            notes: results.compactMap(\.note)
        )
    }

    /// What is wrong with one file.
    ///
    /// - Parameter shared: what concerns several files, by file.
    private static func result(
        of build: FlowBuild,
        _ claims: NumberClaims,
        _ shared: [String: [Finding]],
        _ today: CivilDate?
    ) -> (findings: [Finding], note: String?) {
        guard let document = build.document else { return (merged(build.findings), nil) }
        var findings = build.findings + (shared[document.file] ?? [])
        var note: String?
        if let flow = build.flow {
            let subject = Subject(flow: flow, document: document, claims: claims, today: today)
            findings += Rules.findings(in: subject)
            if !subject.facts.isComplete, flow.start != nil {
                note =
                    "\(document.file): nodes that cannot run and values that are never set were not looked for, since not every way through the flow is known"
            }
        }
        let isComplete = !build.hasErrors && note == nil
        let left = Silencer(document).applied(to: findings, isComplete: isComplete)
        return (merged(left).sorted(by: Finding.inReportOrder), note)
    }

    /// Each finding once, and what its message quotes named where nobody sees it.
    private static func merged(_ findings: [Finding]) -> [Finding] {
        guard findings.count > 1 else { return findings.map(\.namingLookalikes) }
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }.map(\.namingLookalikes)
    }
}
