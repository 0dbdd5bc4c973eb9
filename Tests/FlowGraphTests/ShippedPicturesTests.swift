import FlowCore
import FlowDocument
import FlowGraph
import Foundation
import Testing

/// The pictures in `Examples/pictures/` are those of the flows in `flows/`; `FLOWD_RECORD=1` draws them anew.
@Suite("The pictures that ship")
struct ShippedPicturesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static var flows: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "flows").path)) ?? []
        let shown = names.filter { !$0.hasPrefix(".") && !$0.contains(".test.") }
        return shown.filter { Document.Format(fileName: $0) != nil }.sorted()
    }

    @Test("are current", arguments: flows)
    func areCurrent(file: String) throws {
        let source = try Data(contentsOf: Self.root.appending(path: "flows/\(file)"))
        let format = try #require(Document.Format(fileName: file))
        let build = FlowBuilder.build(source: Array(source), file: "flows/\(file)", format: format)
        let flow = try #require(build.flow)
        let svg = Picture(flow, findings: build.findings).text(in: .svg)
        let place = Self.root.appending(path: "Examples/pictures/\(flow.name).svg")
        if ProcessInfo.processInfo.environment["FLOWD_RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(svg.utf8).write(to: place)
        }
        let shipped = try? String(contentsOf: place, encoding: .utf8)
        #expect(shipped == svg, "FLOWD_RECORD=1 swift test --filter ShippedPictures draws it anew")
    }

    @Test("are of flows that there are")
    func areAllWanted() throws {
        let names = try Self.flows.map { file in
            let source = try Data(contentsOf: Self.root.appending(path: "flows/\(file)"))
            let format = try #require(Document.Format(fileName: file))
            let build = FlowBuilder.build(source: Array(source), file: file, format: format)
            return try #require(build.flow).name + ".svg"
        }
        let folder = Self.root.appending(path: "Examples/pictures").path
        let pictures = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".svg") }
        #expect(pictures.sorted() == names.sorted())
    }
}
