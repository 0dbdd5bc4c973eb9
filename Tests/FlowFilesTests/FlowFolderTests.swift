import FlowCore
import FlowDocument
import FlowFiles
import FlowTesting
import Testing

/// Which files are flow files.
@Suite struct FlowFolderTests {
    static func flow(_ name: String) -> String {
        """
        name: \(name)
        nodes:
          Start: {type: start, transitions: {incoming_call: Forward}}
          Forward: {type: call_forward, to: +12025551234, transitions: end}
        """
    }

    @Test func `a folder is read recursively, hidden files and tests aside`() throws {
        let folder = try TemporaryFolder([
            "b.yaml": Self.flow("b"), "a.yml": Self.flow("a"), "deep/er/c.json": "{}", "deep/x.test.yaml": "",
            "y.test.json": "",
            ".hidden.yaml": "", ".git/z.yaml": "", "notes.txt": "", "deep/test.yaml": Self.flow("test"),
        ])
        defer { folder.remove() }
        let list = try FlowFolder([folder.path]).list()
        #expect(
            list.entries.map { $0.path.dropFirst(folder.path.count + 1) }
                == ["a.yml", "b.yaml", "deep/er/c.json", "deep/test.yaml"]
        )
    }

    @Test func `links are followed, in circles too, and no file is read twice`() throws {
        let folder = try TemporaryFolder(["a.yaml": Self.flow("a"), "below/b.yaml": Self.flow("b")])
        defer { folder.remove() }
        try folder.link("below/up", to: "..")
        try folder.link("loop", to: "loop")
        try folder.link("nowhere.yaml", to: "/nowhere/at/all.yaml")
        let contents = try FlowFolder([folder.path, folder.path + "/", folder.path + "/a.yaml"]).read()
        #expect(contents.findings == [])
        #expect(contents.flows.flows.map(\.name) == ["a", "b"])
        #expect(contents.versions.map(\.id) == contents.flows.flows.map(\.version))
    }

    @Test func `a path that names nothing, or no flow file, is said`() throws {
        let folder = try TemporaryFolder(["notes.txt": "", "a.test.yaml": ""])
        defer { folder.remove() }
        #expect(throws: FlowFolderError.missing("/no/such")) { try FlowFolder(["/no/such"]).read() }
        #expect("\(FlowFolderError.missing("/no/such"))" == "no such file or folder: \"/no/such\"")
        let cases = folder.path + "/a.test.yaml"
        #expect(throws: FlowFolderError.holdsCases(cases)) { try FlowFolder([cases]).read() }
        #expect(throws: FlowFolderError.notAFlowFile(folder.path + "/notes.txt")) {
            try FlowFolder([folder.path + "/notes.txt"]).read()
        }
    }

    @Test func `names that are claimed twice are found across files`() throws {
        let folder = try TemporaryFolder(["a.yaml": Self.flow("same"), "b.yaml": Self.flow("same")])
        defer { folder.remove() }
        let contents = try FlowFolder([folder.path]).read()
        #expect(contents.hasErrors)
        #expect(contents.findings.map(\.file) == [folder.path + "/b.yaml"])
    }

    @Test func `a list changes with any file, and only then`() throws {
        let folder = try TemporaryFolder(["a.yaml": Self.flow("a")])
        defer { folder.remove() }
        let flows = FlowFolder([folder.path])
        let first = try flows.list()
        #expect(try flows.list() == first)
        try folder.write(Self.flow("a"), to: "a.yaml")
        #expect(try flows.list() != first)
    }

    @Test func `a change counts once it stood still for two looks, and until it is acknowledged`() throws {
        let folder = try TemporaryFolder(["a.yaml": Self.flow("a")])
        defer { folder.remove() }
        let flows = FlowFolder([folder.path])
        var watch = FolderWatch(flows, since: try flows.list())
        #expect(try Self.names(watch.look()) == nil)
        try folder.write(Self.flow("b"), to: "b.yaml")
        #expect(try Self.names(watch.look()) == nil)
        #expect(try Self.names(watch.look()) == ["a", "b"])
        #expect(try Self.names(watch.look()) == ["a", "b"])
        watch.acknowledge(try flows.list())
        #expect(try Self.names(watch.look()) == nil)
    }

    /// The flows of a change; nil where a look found none.
    private static func names(_ sight: FolderWatch.Sight) -> [String]? {
        guard case .changed(_, let contents) = sight else { return nil }
        return contents.flows.flows.map(\.name)
    }

    @Test func `a version is known by format, name and text, and not by its file`() {
        func id(_ flow: String, _ file: String, _ format: Document.Format, _ text: String) -> String {
            FlowVersion(flow: flow, file: file, format: format, source: Array(text.utf8)).id.text
        }
        #expect(id("a", "a.yaml", .yaml, "text") == id("a", "b.yaml", .yaml, "text"))
        let ids = [
            id("a", "f", .yaml, "text"), id("b", "f", .yaml, "text"), id("a", "f", .json, "text"),
            id("a", "f", .yaml, "texts"), id("at", "f", .yaml, "ext"),
        ]
        #expect(Set(ids).count == ids.count)
        #expect(id("support", "f", .yaml, "# 0") == "766571bac8933044")
    }
}
