import FlowCore
import FlowDocument
import FlowPlay
import FoundationEssentials
import Testing

/// A test file that somebody wrote stays as it is when a played call is written to it.
struct CaseRecordingTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/flowd-record-" + UUID().uuidString

    /// Plays a busy call, and records it to a file that holds `text` before.
    ///
    /// - Returns: what the file holds then, and what the person is told.
    private func record(
        over text: String?,
        as name: String = "sample.test.yaml",
        replaces: Bool = false
    ) async throws -> (text: String, words: String) {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/\(name)"
        if let text { try CaseFolder.write(text, to: path) }
        let played = try flow(forwardAndReport)
        do {
            let recording = try CaseRecording(to: path, of: played.flow, replaces: replaces)
            let input = PlayInput(console: PlayConsole(isSilent: true), script: ["busy", "200"])
            let item = try await TerminalCall(played, input: input, console: PlayConsole(isSilent: true)).run()
            let words = try recording.write(item)
            return (
                String(decoding: try CaseFolder.bytes(path), as: UTF8.self), words.replacing(folder + "/", with: "")
            )
        } catch {
            #expect(try text.map { Array($0.utf8) } == CaseFolder.bytes(path))
            throw error
        }
    }

    private func names(_ text: String) throws -> [String] {
        let played = try flow(forwardAndReport)
        let (file, _) = CaseFile.read(Array(text.utf8), file: "sample.test.yaml") { _ in played.flow }
        #expect(file.findings.map(\.message) == [], "\(text)")
        return file.cases.map(\.name)
    }

    static let written = [
        "# by hand\nflow: sample\ncases:\n  - name: first   # mine\n    steps: [{dial: busy}]\n    requests: {Report: 200}\n",
        "cases:\n- name: first\n  steps:\n  - dial: busy\n  requests: {Report: 200}\n# the end\n",
        "cases:\n    -   name: first\n        steps: [{dial: busy}]\n        requests: {Report: 200}",
        "cases:\r\n  - name: first\r\n    steps: [{dial: busy}]\r\n    requests: {Report: 200}\r\n",
        "cases:\n  -\n    name: first\n    requests: {Report: {body: |\n      x\n    }}\n".replacing(
            "{body: |\n      x\n    }",
            with: "{body: x}"
        ),
    ]

    @Test(arguments: written)
    func `a case is added behind those that are there, and every byte stays`(_ text: String) async throws {
        let (after, words) = try await record(over: text)
        #expect(after.utf8.starts(with: text.utf8))
        #expect(words == "added to sample.test.yaml")
        #expect(try names(after) == ["first", "a played call"])
        #expect(after.contains("\r\n") == text.contains("\r\n"))
    }

    @Test func `a name that is taken gets a number`() async throws {
        let text = "cases:\n  - name: a played call\n  - name: a played call 2\n"
        #expect(try names(await record(over: text).text) == ["a played call", "a played call 2", "a played call 3"])
    }

    @Test(arguments: ["", "# only a comment\n", "cases:\n"])
    func `a file without a case takes the first one`(_ text: String) async throws {
        let (after, _) = try await record(over: text)
        #expect(after.utf8.starts(with: text.utf8))
        #expect(try names(after) == ["a played call"])
    }

    @Test(
        arguments: [
            ("cases: []\n", "\"cases\" has to be the last key of the file"),
            ("cases:\n  - name: first\nflow: sample\n", "\"cases\" has to be the last key of the file"),
            ("flow: other\ncases:\n  - name: first\n", "its cases are of flow \"other\", this one is of \"sample\""),
            ("cases: [\n", "line "),
            (forwardAndReport, "this is a flow and no test file"),
        ] as [(String, String)]
    )
    func `a file that no case can be added to is left alone`(_ text: String, _ reason: String) async throws {
        let error = await #expect(throws: CaseFolder.Unreadable.self) { try await record(over: text) }
        let words = try #require(error).description
        #expect(words.contains("sample.test.yaml: no case can be added: \(reason)"), "\(words)")
        #expect(words.hasSuffix(". name another file, or say --force to replace this one"))
    }

    @Test func `a file is replaced where that is asked for, a flow never`() async throws {
        let (after, words) = try await record(over: "cases: []\n", replaces: true)
        #expect(try names(after) == ["a played call"])
        #expect(words == "written to sample.test.yaml, in place of what was there")
        await #expect(throws: CaseFolder.Unreadable.self) {
            try await record(over: forwardAndReport, as: "sample.yaml", replaces: true)
        }
    }

    @Test func `a new file is made, and a name that no test is found by is said`() async throws {
        #expect(try await record(over: nil).words == "written to sample.test.yaml")
        let (after, words) = try await record(over: nil, as: "sample.txt")
        #expect(words == "written to sample.txt; flowd test reads files that end in .test.yaml")
        #expect(try names(after) == ["a played call"])
    }
}
