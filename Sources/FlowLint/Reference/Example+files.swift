package import FlowDocument

extension Example {
    /// Marks where a finding has to begin.
    package static let mark: Character = "↓"

    /// The example as files, and where its mark is.
    ///
    /// A line `# file: sales.yaml` begins another file; an example without such lines is one file.
    package var files: (sources: [SourceFile], mark: (file: String, place: Position)?) {
        var parts: [(name: String, lines: [Substring])] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(Self.fileLine) {
                parts.append((String(line.dropFirst(Self.fileLine.count)), []))
            } else {
                if parts.isEmpty { parts.append(("example.\(format.rawValue)", [])) }
                parts[parts.count - 1].lines.append(line)
            }
        }
        var mark: (file: String, place: Position)?
        let sources = parts.map { part in
            let text = part.lines.joined(separator: "\n") + "\n"
            let bare = text.filter { $0 != Self.mark }
            if let place = text.firstIndex(of: Self.mark) {
                let offset = text.utf8.distance(from: text.startIndex, to: place)
                mark = (part.name, SourceLines(Array(bare.utf8)).position(at: offset))
            }
            return SourceFile(file: part.name, source: Array(bare.utf8), format: format)
        }
        return (sources, mark)
    }

    /// The text without its mark.
    package var shown: String { text.filter { $0 != Self.mark } }

    private static let fileLine = "# file: "
}
