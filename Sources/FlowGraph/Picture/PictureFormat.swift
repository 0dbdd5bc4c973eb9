/// What a picture can be written as.
package enum PictureFormat: String, CaseIterable, Sendable {
    /// Needs nothing but a browser.
    case svg
    /// For a fenced block on GitHub.
    case mermaid
    /// For Graphviz.
    case dot

    /// A file whose name promises something else than what would stand in it.
    package struct Mismatch: Error, CustomStringConvertible {
        package let description: String
    }

    /// How the names of such files end.
    private var endings: [String] {
        switch self {
        case .svg: ["svg"]
        case .mermaid: ["mermaid", "mmd"]
        case .dot: ["dot", "gv"]
        }
    }

    /// Endings of files that hold a text of any kind.
    private static let textEndings: Set = ["txt", "md", "markdown"]

    /// The format for a file: the one that was asked for, else what the file's ending says, else SVG.
    ///
    /// - Parameter file: the path to write; nil for standard output.
    /// - Throws: ``Mismatch`` where the ending belongs to another format, or to none of these.
    package static func chosen(_ asked: PictureFormat?, for file: String?) throws(Mismatch) -> PictureFormat {
        let name = file?.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return asked ?? .svg }
        let ending = name[name.index(after: dot)...].lowercased()
        let said = allCases.first { $0.endings.contains(ending) }
        if let said, asked ?? said == said { return said }
        if let asked, textEndings.contains(ending) { return asked }
        if let asked, said != nil {
            throw Mismatch(description: "--format \(asked.rawValue) does not fit a file that ends in .\(ending)")
        }
        throw Mismatch(
            description:
                "no picture is written as .\(ending): expected a file that ends in .svg, .mmd or .dot; other tools make the rest of these, such as rsvg-convert a PNG of an SVG"
        )
    }
}
