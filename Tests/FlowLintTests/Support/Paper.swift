import Foundation
import Testing

/// A Markdown file of this checkout.
struct Paper: Sendable, CustomTestStringConvertible {
    /// A fenced block, without its fences.
    struct Block: Sendable {
        /// What stands behind the opening fence.
        var language: String
        var text: String
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// All that people read: the README, the changelog, and the pages in `docs/`.
    static let all: [Paper] = {
        let pages = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "docs").path)) ?? []
        return (["README.md", "CHANGELOG.md"] + pages.sorted().map { "docs/\($0)" }).map { Paper(path: $0) }
    }()

    /// From the root.
    let path: String

    var testDescription: String { path }

    var text: String {
        get throws { try String(contentsOf: Self.root.appending(path: path), encoding: .utf8) }
    }

    var blocks: [Block] {
        get throws {
            var blocks: [Block] = []
            var isOpen = false
            for line in try text.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("```") {
                    if !isOpen { blocks.append(Block(language: String(line.dropFirst(3)), text: "")) }
                    isOpen.toggle()
                } else if isOpen {
                    blocks[blocks.count - 1].text += line + "\n"
                }
            }
            return blocks
        }
    }

    /// The targets of links and pictures, code aside.
    var links: [String] {
        get throws {
            let prose = try text.replacing(/(?s)```.*?```/, with: "").replacing(/`[^`\n]*`/, with: "`")
            return prose.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
                + prose.matches(of: /src="([^"]+)"/).map { String($0.1) }
        }
    }

    /// The names by which links find this paper's headings, as GitHub makes them.
    var anchors: Set<String> {
        get throws {
            let prose = try text.replacing(/(?s)```.*?```/, with: "")
            return Set(
                prose.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
                    let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
                    return String(title.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }).replacing(
                        " ",
                        with: "-"
                    )
                }
            )
        }
    }
}
