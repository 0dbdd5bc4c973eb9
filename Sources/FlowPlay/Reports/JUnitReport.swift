import FlowCore
import FlowDocument

/// A test run as JUnit's XML, which build servers read.
package enum JUnitReport {
    package static func text(_ run: TestRun) -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        let errors = run.findings.count + run.uncovered.count
        text += "<testsuites tests=\"\(run.rows.count)\" failures=\"\(run.failed)\" errors=\"\(errors)\">\n"
        var files: [String] = []
        for row in run.rows where !files.contains(row.file) { files.append(row.file) }
        for file in files {
            let rows = run.rows.filter { $0.file == file }
            let failed = rows.count { !$0.result.hasPassed }
            text += "  <testsuite name=\"\(escaped(file))\" tests=\"\(rows.count)\" failures=\"\(failed)\">\n"
            for row in rows { text += testcase(row) }
            text += "  </testsuite>\n"
        }
        for finding in run.findings {
            let place = "\(finding.file):\(finding.span.start.line):\(finding.span.start.column)"
            text += suite(finding.file, "\(place): \(finding.message)")
        }
        for coverage in run.uncovered {
            text += suite(coverage.flow.name, "only \(coverage.edges.percent) % of the edges were taken")
        }
        return text + "</testsuites>\n"
    }

    private static func testcase(_ row: TestRun.Row) -> String {
        let microseconds = Int(row.took / .microseconds(1))
        let fraction = String(1_000_000 + microseconds % 1_000_000).dropFirst()
        let head =
            "    <testcase classname=\"\(escaped(row.flow.name))\" name=\"\(escaped(row.result.item.name))\" time=\"\(microseconds / 1_000_000).\(fraction)\""
        guard let first = row.result.failures.first else { return head + "/>\n" }
        let details = row.result.failures.map { failure in
            "\(row.file):\(failure.span.start.line): \(failure.field)\n- \(failure.expected)\n+ \(failure.found)"
        }
        let path = "path taken: \(row.result.path(in: row.flow))"
        let text = (details + [path]).joined(separator: "\n")
        return head
            + ">\n      <failure message=\"\(escaped(first.field))\">\(escaped(text))</failure>\n    </testcase>\n"
    }

    private static func suite(_ name: String, _ error: String) -> String {
        "  <testsuite name=\"\(escaped(name))\" tests=\"0\" errors=\"1\"><system-err>\(escaped(error))</system-err></testsuite>\n"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            case _ where PrintableText.isControl(scalar): result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
