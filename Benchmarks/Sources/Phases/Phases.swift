import Foundation
import FlowCore
import FlowDocument
import FlowLint

/// Times what `flowd lint` does with a flow file once the process is up: the quickest of 30 runs, in milliseconds.
@main
struct Phases {
    static func main() throws {
        for path in CommandLine.arguments.dropFirst() {
            let source = Array(try Data(contentsOf: URL(filePath: path)))
            let file = SourceFile(file: path, source: source, format: Document.Format(fileName: path) ?? .yaml)
            let reading = quickest { Document.read(source, file: path, format: file.format).findings.count }
            guard let document = Document.read(source, file: path, format: file.format).document else { continue }
            let building = quickest { FlowBuilder.build(document).findings.count }
            let build = FlowBuilder.build(document)
            let linting = quickest { Linter.lint([build], of: [file]).findings.count }
            let all = quickest { Linter.lint([file]).findings.count }
            print(
                "\(URL(filePath: path).lastPathComponent): read \(reading), build \(building), lint \(linting); all \(all) ms"
            )
        }
    }

    private static func quickest(_ step: () -> Int) -> String {
        let clock = ContinuousClock()
        var sum = 0
        let times = (0..<30).map { _ in clock.measure { sum &+= step() } }
        let quickest = (times.min() ?? .zero) / .milliseconds(1)
        return String(format: "%.1f", quickest) + (sum == .min ? " " : "")
    }
}
