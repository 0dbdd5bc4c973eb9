import FlowCore
import FlowDocument
import FlowLint
import Testing

/// SARIF 2.1.0 (OASIS), and what GitHub's code scanning wants of it, without their schema.
@Suite struct SARIFTests {
    private func sarif(_ report: LintReport) throws -> Datum {
        let text = ReportFormat.sarif.write(report, colored: false, version: "1.2.3")
        let result = Document.read(Array(text.utf8), file: "report.sarif", format: .json)
        #expect(result.findings == [])
        return Datum(try #require(result.document).root)
    }

    private func results(_ report: LintReport) throws -> [Datum] {
        try sarif(report)["runs"][0]["results"].items
    }

    /// A finding of each rule there is.
    private func everyRule() -> LintReport {
        var all = LintReport(findings: [], files: [])
        for rule in Rules.all {
            for (number, example) in rule.bad.enumerated() {
                let sources = example.files.sources.map {
                    SourceFile(file: "\(rule.code.id) é/\(number)/\($0.file)", source: $0.source, format: $0.format)
                }
                let report = Linter.lint(sources)
                all.findings += report.findings
                all.files += report.files
            }
        }
        return all
    }

    @Test func `A report is one run of one tool, with nothing in it that SARIF does not have`() throws {
        for report in [everyRule(), lint(forwarding("    transitions: end\n"))] {
            let log = try sarif(report)
            log.expectKeys(["$schema", "version", "runs"])
            #expect(log["$schema"] == .text("https://json.schemastore.org/sarif-2.1.0.json"))
            #expect(log["version"] == .text("2.1.0"))
            #expect(log["runs"].items.count == 1)
            let run = log["runs"][0]
            run.expectKeys(["tool", "invocations", "columnKind", "newlineSequences", "results"])
            #expect(run["columnKind"] == .text("unicodeCodePoints"))
            #expect(run["newlineSequences"] == .list(["\r\n", "\n", "\r"].map(Datum.text)))
            #expect(run["invocations"][0]["executionSuccessful"] == .boolean(true))
            run["tool"].expectKeys(["driver"])
            let driver = run["tool"]["driver"]
            driver.expectKeys(["name", "version", "rules"])
            #expect(driver["name"] == .text("flowd"))
            #expect(driver["version"] == .text("1.2.3"))
            #expect(run["results"].items.count == report.findings.count)
        }
    }

    @Test func `Each rule has all that GitHub shows, sorts and filters by`() throws {
        let rules = try sarif(lint(forwarding("")))["runs"][0]["tool"]["driver"]["rules"].items
        #expect(rules.map { $0["id"].rendered } == Rules.all.map { $0.code.id })
        #expect(Set(rules.map { $0["id"].rendered }).count == rules.count)
        for rule in rules {
            rule.expectKeys([
                "id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties",
            ])
            #expect((1...255).contains(rule["name"].rendered.count))
            #expect((1...1024).contains(rule["shortDescription"]["text"].rendered.count))
            #expect((1...1024).contains(rule["fullDescription"]["text"].rendered.count))
            rule["help"].expectKeys(["text", "markdown"])
            #expect(rule["help"]["text"].rendered.contains("flowd explain \(rule["id"].rendered)"))
            // A fence that stays open would swallow the rest.
            let fences = rule["help"]["markdown"].rendered.split(separator: "\n").count { $0.hasPrefix("```") }
            #expect(fences > 0 && fences.isMultiple(of: 2))
            #expect(["error", "warning", "note"].contains(rule["defaultConfiguration"]["level"].rendered))
            let properties = rule["properties"]
            #expect(["very-high", "high", "medium", "low"].contains(properties["precision"].rendered))
            #expect(["error", "warning", "recommendation"].contains(properties["problem.severity"].rendered))
            #expect(properties["tags"].items.count == 1)
        }
        let tag = { (id: Datum) in rules.first { $0["id"] == id }?["properties"]["tags"][0] }
        #expect(tag(.text("FD202")) == .text("graph"))
        #expect(tag(.text("FD604")) == .text("security"))
    }

    @Test func `Each finding has its rule, its place and its fingerprint`() throws {
        let report = everyRule()
        let run = try sarif(report)["runs"][0]
        let rules = run["tool"]["driver"]["rules"].items
        var found: Set<String> = []
        for (finding, result) in zip(report.findings, run["results"].items) {
            result.expectKeys([
                "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "relatedLocations",
                "codeFlows", "fixes",
            ])
            found.insert(result["ruleId"].rendered)
            let index = try #require(Int(result["ruleIndex"].rendered))
            #expect(rules[index]["id"] == result["ruleId"])
            #expect(result["ruleId"] == .text(finding.code.id))
            #expect(["error", "warning", "note"].contains(result["level"].rendered))
            #expect(result["message"]["text"].rendered.hasPrefix(finding.message))
            #expect(result["locations"].items.count == 1)
            expectPlace(result["locations"][0]["physicalLocation"])
            let hash = result["partialFingerprints"]["primaryLocationLineHash"].rendered
            #expect(hash.wholeMatch(of: /[0-9a-f]{1,16}:[1-9][0-9]*/) != nil)
            try expectWay(finding, result)
        }
        #expect(found.isSuperset(of: Rules.all.map { $0.code.id }))
    }

    /// The places that explain a finding: listed, and as a way that ends where the finding is.
    private func expectWay(_ finding: Finding, _ result: Datum) throws {
        let related = result["relatedLocations"].items
        let ways = result["codeFlows"].items
        #expect(related.count == finding.related.count)
        #expect(related.map { $0["id"].rendered } == related.indices.map(String.init))
        #expect(ways.count == (related.isEmpty ? 0 : 1))
        for way in ways {
            #expect(way["threadFlows"].items.count == 1)
            let steps = way["threadFlows"][0]["locations"].items.map { $0["location"] }
            #expect(steps.count == related.count + 1)
            #expect(steps.last?["physicalLocation"] == result["locations"][0]["physicalLocation"])
            for place in related + steps {
                place.expectKeys(["id", "physicalLocation", "message"])
                #expect(!place["message"]["text"].rendered.isEmpty)
                expectPlace(place["physicalLocation"])
            }
        }
    }

    private func expectPlace(_ place: Datum) {
        place.expectKeys(["artifactLocation", "region"])
        let uri = place["artifactLocation"]["uri"].rendered
        #expect(uri.wholeMatch(of: /(?:file:\/\/)?(?:[A-Za-z0-9._~\/-]|%[0-9A-F]{2})+/) != nil, "\(uri)")
        place["region"].expectKeys(["startLine", "startColumn", "endLine", "endColumn"])
        let ends = ["startLine", "startColumn", "endLine", "endColumn"].map { Int(place["region"][$0].rendered) ?? 0 }
        #expect(ends.allSatisfy { $0 >= 1 })
        #expect((ends[0], ends[1]) <= (ends[2], ends[3]))
    }

    @Test(
        arguments: [
            ("flows/a b,c.yaml", "flows/a%20b%2Cc.yaml"), ("./flows/./a.yaml", "flows/a.yaml"),
            ("flows//a.yaml", "flows/a.yaml"), ("../a.yaml", "../a.yaml"), ("c:a.yaml", "c%3Aa.yaml"),
            ("日本/é#?%.json", "%E6%97%A5%E6%9C%AC/%C3%A9%23%3F%25.json"),
            ("/srv/my flows/a.yaml", "file:///srv/my%20flows/a.yaml"),
        ]
    )
    func `A path is a normal URI, relative where it was`(path: String, uri: String) throws {
        let result = try results(lint("nodes: 1\n", file: path))
        #expect(result.first?["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == .text(uri))
    }

    @Test func `Columns count characters, not bytes`() throws {
        let result = try results(lint(forwarding("    transitions: end # 日本\n    \"日本😀\": x\n")))
        let region = try #require(result.first)["locations"][0]["physicalLocation"]["region"]
        #expect(region.json == #"{"startLine":11,"startColumn":5,"endLine":11,"endColumn":10}"#)
    }

    /// The lines of a text, and what GitHub's upload action gives for them where a file has no fingerprints.
    static let fingerprints: [(text: String, hashes: [String])] = [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        ),
        (
            " hello; \t\r\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
            [
                "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
                "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
            ]
        ),
        (
            String(repeating: "Lorem ipsum dolor sit amet.\n", count: 10),
            (1...6).map { "a7f2ff13bc495cf2:\($0)" } + [
                "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1",
            ]
        ),
    ]

    @Test(arguments: fingerprints)
    func `A fingerprint is the one that GitHub works out`(text: String, hashes: [String]) throws {
        let file = SourceFile(file: "a.yaml", source: Array(text.utf8), format: .yaml)
        let findings = hashes.indices.map { index in
            let place = Position(line: index + 1, column: 1, offset: 0)
            return Finding(.syntax, "here", file: "a.yaml", span: Span(place, place))
        }
        let found = try results(LintReport(findings: findings, files: [file]))
        #expect(found.map { $0["partialFingerprints"]["primaryLocationLineHash"].rendered } == hashes)
    }

    @Test func `A file that could not be read has a place, and no fingerprint`() throws {
        let unread = Finding(.syntax, "cannot be read: no permission", file: "a.yaml", span: .start)
        let result = try #require(results(LintReport(findings: [unread], files: [])).first)
        expectPlace(result["locations"][0]["physicalLocation"])
        #expect(result["partialFingerprints"] == .missing)
    }

    @Test func `What was not looked for is a notification`() throws {
        let report = LintReport(findings: [], files: [], notes: ["a.yaml: not all was looked for"])
        let invocation = try sarif(report)["runs"][0]["invocations"][0]
        invocation.expectKeys(["executionSuccessful", "toolExecutionNotifications"])
        let note = invocation["toolExecutionNotifications"][0]
        #expect(note["level"] == .text("note"))
        #expect(note["message"]["text"] == .text("a.yaml: not all was looked for"))
    }
}

extension Datum {
    /// A report has room to grow here, as it has not in what an app server answers.
    fileprivate init(_ value: Value) {
        switch value.content {
        case .scalar(let scalar) where scalar.style == .json: self = .text(scalar.text)
        case .scalar(let scalar) where ["true", "false"].contains(scalar.text): self = .boolean(scalar.text == "true")
        case .scalar(let scalar): self = .number(scalar.text)
        case .list(let items): self = .list(items.map { Datum($0) })
        case .mapping(let entries): self = .object(entries.map { Member($0.key.text, Datum($0.value)) })
        }
    }

    fileprivate var items: [Datum] {
        guard case .list(let items) = self else { return [] }
        return items
    }

    /// Looks whether it is an object, each of whose members is one of these.
    fileprivate func expectKeys(_ keys: Set<String>, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .object(let members) = self else {
            Issue.record("no object", sourceLocation: sourceLocation)
            return
        }
        #expect(keys.isSuperset(of: members.map(\.key)), sourceLocation: sourceLocation)
        #expect(Set(members.map(\.key)).count == members.count, sourceLocation: sourceLocation)
    }
}
