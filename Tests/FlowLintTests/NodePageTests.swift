import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite struct NodePageTests {
    private static let types = NodeTypes.all.map { $0.description.type }

    @Test(arguments: types) func `the page of a node type names every key, outcome and value`(type: String) throws {
        let page = try #require(ReferenceIndex.page(type, colored: false))
        let description = try #require(NodeTypes.named(type)).description
        let names = description.fields.map(\.name) + description.outcomes.map(\.name) + description.values.map(\.name)
        #expect(names.filter { !page.contains("\n    \($0) ") } == [])
    }

    @Test(arguments: types) func `the example of a node type has no error`(type: String) throws {
        let page = try #require(ReferenceIndex.page(type, colored: false))
        let example = try #require(page.split(separator: "Example:\n\n").last)
        // The examples read the values of a start node by its usual name.
        let start = type == NodeTypes.all[0].description.type ? "" : "  Start: {type: start, transitions: end}\n"
        let nodes = example.split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: "\n")
        // Those that change variables change this one.
        let report = lint("vars: {greeting: Hello}\nnodes:\n\(start)\(nodes)\n")
        #expect(report.findings.filter { $0.severity == .error }.map(\.message) == [])
    }

    @Test func `a page tells units, ranges, defaults and the shape of groups`() throws {
        let page = try #require(ReferenceIndex.page("call_forward", colored: false))
        let lines = [
            "    ring_timeout        whole number, 1 to 600 seconds; default `30`\n",
            "    to                  phone numbers and `sip:` URIs with templates:\n"
                + "                        comma-separated text, or a list; required\n",
            "    screening           keys of its own: `{speak: …, voice: WOMAN, language:\n"
                + "                        en-US, play: …, key: 1, timeout: 10}`\n",
            "    screening.timeout   whole number, 1 to 120 seconds; default `10`\n",
            "    hangup_on_star      `true` or `false`; default `false`\n",
        ]
        #expect(lines.filter { !page.contains($0) } == [])
    }

    @Test func `a page says after which outcomes values are set, and their other names`() throws {
        let page = try #require(ReferenceIndex.page("start", colored: false))
        let titles = page.split(separator: "\n").filter { $0.hasPrefix("Values") }
        #expect(
            titles == [
                "Values:", "Values after incoming_call:", "Values after incoming_call or incoming_message:",
                "Values after incoming_message:", "Values after api_request:",
            ]
        )
        #expect(page.contains("    message.text       What it says. Also: message.msg.\n"))
        #expect(page.contains("<<Start.request_type>>"))
    }

    @Test func `the flow has a page of its own`() throws {
        let page = try #require(ReferenceIndex.page("flow", colored: false))
        #expect(page.contains("    on_error           keys of its own: `{speak: …, voice: WOMAN, language:\n"))
        #expect(page.contains("    ignore[].code "))
    }

    @Test(arguments: [
        ("call_foward", #"there is no page on "call_foward". did you mean "call_forward"?"#),
        ("dangling-transitions", #"there is no page on "dangling-transitions". did you mean "dangling-transition"?"#),
        (
            "queue",
            #"there is no page on "queue". there are pages on flow, \#(types.joined(separator: ", ")), "#
                + #"and on rules such as FD202: "flowd explain" lists all"#
        ),
    ])
    func `a word without a page is answered with what there is`(word: String, answer: String) {
        #expect(ReferenceIndex.page(word, colored: false) == nil)
        #expect(ReferenceIndex.objection(to: word) == answer)
    }

    @Test func `the list has a line for every rule and every node type`() {
        let first = ReferenceIndex.list.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
        #expect(first == Rules.all.map { $0.code.id } + ["flow"] + Self.types)
    }
}
