package import FlowCore
import FlowDocument

/// Gives every finding of a set of flow files.
///
/// Each file is read and looked at for itself, so that a broken one never stops another; only names and numbers that
/// are claimed twice concern several. A pure function: no disk, no clock.
package enum Linter {
    package static func lint(_ files: [SourceFile]) -> LintReport {
        let builds = files.map { FlowBuilder.build(source: $0.source, file: $0.file, format: $0.format) }
        return lint(builds, of: files)
    }

    /// Looks at flows that were read already, one for each file.
    package static func lint(_ builds: [FlowBuild], of files: [SourceFile]) -> LintReport {
        let flows = builds.compactMap(\.flow)
        let claims = NumberClaims(flows)
        var shared: [String: [Finding]] = [:]
        for finding in FlowSet.make(flows).findings { shared[finding.file, default: []].append(finding) }
        var findings: [Finding] = []
        var notes: [String] = []
        for build in builds {
            var found = build.findings
            if let document = build.document {
                found += shared[document.file] ?? []
                var isComplete = !build.hasErrors
                if let flow = build.flow {
                    let subject = Subject(flow: flow, document: document, claims: claims)
                    for rule in Rules.all { found += rule.check(subject) }
                    if !subject.facts.isComplete, flow.start != nil {
                        isComplete = false
                        notes.append(
                            "\(document.file): nodes that cannot run and values that are never set were not looked for, since not every way through the flow is known"
                        )
                    }
                }
                found = Silencer(document).applied(to: merged(found), isComplete: isComplete)
            }
            findings += merged(found)
        }
        return LintReport(findings: findings.sorted(by: Finding.inReportOrder), files: files, notes: notes)
    }

    /// Each finding once.
    private static func merged(_ findings: [Finding]) -> [Finding] {
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }
    }
}
