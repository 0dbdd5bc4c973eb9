import FlowDocument
import FlowLint
import Foundation
import Testing

/// What the README and the manual say is so.
@Suite struct PapersTests {
    private static let readme = Paper(path: "README.md")
    private static let shipped = "flows/dial-status.yaml"

    private func text(_ path: String) throws -> String { try Paper(path: path).text }

    @Test func `the README shows a shipped flow, character for character`() throws {
        let block = try #require(Self.readme.blocks.first { $0.language == "yaml" })
        #expect(block.text == (try text(Self.shipped)))
    }

    @Test func `the README shows what lint prints`() throws {
        let block = try #require(Self.readme.blocks.first { $0.text.hasPrefix("$ flowd lint") })
        let mistaken = try text(Self.shipped).replacing("busy: Report", with: "busy: Reprot")
        let report = lint(mistaken, file: Self.shipped)
        let output = ReportFormat.text.write(report, colored: false, version: "")
        let notes = report.notes.map { "note: \($0)\n" }.joined()
        #expect(block.text == "$ flowd lint \(Self.shipped)\n\(output)\(notes)\(report.summary)\n")
    }

    /// The rule reference shows mistakes on purpose.
    @Test(arguments: Paper.all.filter { $0.path != "docs/lint-rules.md" })
    func `flows in the papers have no error and no warning`(paper: Paper) throws {
        for block in try paper.blocks {
            guard let format = Document.Format(fileName: "a.\(block.language)"),
                block.text.contains(format == .yaml ? /(?m)^nodes:/ : /"nodes":/)
            else { continue }
            let report = lint(block.text, file: "a.\(block.language)", format: format)
            #expect(report.findings.filter { $0.severity != .info }.map(\.message) == [], "\(block.text)")
        }
    }

    @Test(arguments: Paper.all) func `links lead to files and headings that exist`(paper: Paper) throws {
        let folder = Paper.root.appending(path: paper.path).deletingLastPathComponent()
        for link in try paper.links where !link.contains("://") {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let file = parts[0].isEmpty ? Paper.root.appending(path: paper.path) : folder.appending(path: parts[0])
            #expect(FileManager.default.fileExists(atPath: file.path), "\(link)")
            guard parts.count > 1, file.pathExtension == "md" else { continue }
            let path = file.standardizedFileURL.path.dropFirst(Paper.root.standardizedFileURL.path.count)
            let target = Paper(path: String(path.drop { $0 == "/" }))
            #expect(try target.anchors.contains(parts[1]), "\(link)")
        }
    }

    /// Commands begin a line of a shell block, or a piece of code in a text; log messages have a colon.
    @Test(arguments: Paper.all) func `commands and flags in the papers exist`(paper: Paper) throws {
        let blocks = try paper.blocks.filter { ["sh", "console"].contains($0.language) }.map(\.text)
        let pieces = try paper.text.matches(of: /`(flowd [^`\n:]+)`/).map { String($0.1) }
        let source = try Self.sources("Sources/flowd").lowercased()
        for usage in (blocks + pieces).flatMap({ $0.matches(of: Self.usage) }) {
            #expect(Self.commands.contains(String(usage.1)), "\(usage.0)")
            for flag in usage.2.matches(of: /--([a-z-]+)/) where !Self.everywhere.contains(String(flag.1)) {
                let exists = source.contains(" \(flag.1.replacing("-", with: ""))")
                #expect(exists, "\(usage.0)")
            }
        }
    }

    @Test(arguments: Paper.all) func `variables and metrics in the papers exist`(paper: Paper) throws {
        let text = try paper.text
        let source = try Self.sources("Sources") + Self.sources("Tests") + self.text("Makefile")
        let names =
            text.matches(of: /\bFLOWD_(?!SECRET_[A-Z])[A-Z_]*[A-Z]/).map(\.0)
            + text.matches(of: /\bflowd_[a-z_]+/).map(\.0)
        let unknown = Set(names.map(String.init)).filter { !source.contains($0) }
        #expect(unknown == [])
    }

    /// The name of a subcommand, and the rest of its line up to a comment or a pipe.
    private static var usage: Regex<(Substring, Substring, Substring)> {
        /(?m)^(?:\$ |[A-Z_]+=\S+ )*flowd ([a-z]+)([^\n|;#]*)/
    }

    /// A file each.
    private static let commands: Set<String> = {
        let files =
            (try? FileManager.default.contentsOfDirectory(atPath: Paper.root.appending(path: "Sources/flowd").path))
            ?? []
        return Set(files.filter { $0.hasSuffix(".swift") }.map { $0.dropLast(6).lowercased() })
    }()

    /// Flags of every command, which come with the argument parser.
    private static let everywhere: Set = ["help", "version", "generate-completion-script"]

    /// All Swift below a folder, this file aside.
    private static func sources(_ folder: String) throws -> String {
        let below = Paper.root.appending(path: folder)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: below.path)
        return try paths.filter { $0.hasSuffix(".swift") && !$0.hasSuffix("PapersTests.swift") }
            .map { try String(contentsOf: below.appending(path: $0), encoding: .utf8) }.joined()
    }
}
