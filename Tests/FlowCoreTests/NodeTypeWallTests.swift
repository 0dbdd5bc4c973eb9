import FlowCore
import Foundation
import Testing

/// Only the node files know a node type: whoever else names one would have to be changed for the next.
@Suite struct NodeTypeWallTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    /// Folders whose files name no node type.
    private static let walled = [
        "FlowCore/Engine", "FlowCore/Language", "FlowCore/Loading", "FlowHost", "FlowServer", "FlowPlay", "FlowGraph",
        "FlowLint",
    ]

    /// Each rule has examples, and some are about one type.
    private static let exempt = ["FlowLint/Rules/", "FlowLint/Reference/Example.swift"]

    private static func files(below folder: String) throws -> [String] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.appending(path: folder).path)
        return paths.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
    }

    @Test func `no file outside of the node types names one`() throws {
        let words = NodeTypes.all.map { TypeWords($0) }
        var found: Set<String> = []
        for file in try Self.walled.flatMap(Self.files) where !Self.exempt.contains(where: file.hasPrefix) {
            let text = try String(contentsOf: Self.sources.appending(path: file), encoding: .utf8)
            if words.contains(where: { $0.isNamed(in: text, of: file) }) { found.insert(file) }
        }
        #expect(found == [])
    }

    @Test(
        arguments: [
            ("let a = behavior as? CallForward", true), ("// a CallForward", false), ("case \"call_forward\":", true),
            ("node.description.type == \"start\"", true), ("(\"start\", position)", false),
            ("Start.description", true), ("key: \"get_input\",", false), ("[\"get_input\"]", true),
            ("\"<<Start.call.from>>\"", false),
            ("\"such as \\\"<<Start.call.from>>\\\"\"", false), ("let isStarted = true", false),
        ] as [(String, Bool)]
    )
    func `a name is seen in code and in texts`(_ line: String, _ isSeen: Bool) {
        let words = NodeTypes.all.map { TypeWords($0) }
        #expect(words.contains { $0.isNamed(in: line, of: "FlowCore/Engine/A.swift") } == isSeen)
    }
}

/// How a node type may be named in a source file.
private struct TypeWords {
    /// As in a flow: `call_forward`.
    let type: String
    /// As in Swift: `CallForward`.
    let name: String

    init(_ type: any Node.Type) {
        self.type = type.description.type
        name = String(describing: type)
    }

    func isNamed(in text: String, of file: String) -> Bool {
        for line in text.split(separator: "\n") {
            let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
            if isInText(code) { return true }
            // Node types are internal to FlowCore: elsewhere the name is another type's.
            if file.hasPrefix("FlowCore/"), isInCode(code) { return true }
        }
        return false
    }

    /// A name of two words is nothing else's, the word of a test case for an element of Plivo's aside; one word is a type's
    /// name only where types are compared.
    private func isInText(_ code: Substring) -> Bool {
        if type.contains("_") { return code.replacing("key: \"\(type)\",", with: "").contains(type) }
        return ["type == \"\(type)\"", "type != \"\(type)\"", "named(\"\(type)\")"].contains { code.contains($0) }
    }

    private func isInCode(_ code: Substring) -> Bool {
        // What stands between quotes is no code.
        let parts = code.replacing("\\\"", with: "").split(separator: "\"", omittingEmptySubsequences: false)
            .enumerated()
        return parts.filter { $0.offset.isMultiple(of: 2) }.contains { _, part in
            part.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains { $0 == name }
        }
    }
}
