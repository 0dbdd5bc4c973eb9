import FlowCore
import FlowDocument
import FlowPlay
import FlowStore
import FoundationEssentials
import Testing

/// The folders of this checkout.
enum House {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(
        separator: "/"
    )
    static let flows = root + "/flows"
    static let examples = root + "/Examples"
    static let conversations = root + "/Tests/FlowPlayTests/Conversations"

    /// Every test file that ships.
    static let items: [CaseFolder.Item] = (try? CaseFolder.load([flows, examples])) ?? []

    /// Every case that ships.
    static let cases: [Shipped] = items.flatMap { item in
        item.file.cases.map { Shipped(item: item, name: $0.name) }
    }

    static var isRecording: Bool { ProcessInfo.processInfo.environment["FLOWD_RECORD"] == "1" }
}

/// A case that ships, with its file.
struct Shipped: Sendable, CustomTestStringConvertible {
    var item: CaseFolder.Item
    var name: String

    var testDescription: String { "\(item.played?.flow.name ?? item.file.file): \(name)" }

    var wanted: CallCase? { item.file.cases.first { $0.name == name } }

    /// The golden transcript's file.
    var path: String {
        let words = name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
        let slug = String(words).split(separator: "-").joined(separator: "-")
        return "\(House.conversations)/\(item.played?.flow.name ?? "unknown")/\(slug).txt"
    }
}

/// A flow in a test's own text.
func flow(_ text: String, file: String = "sample.yaml") throws -> PlayedFlow {
    let (played, findings) = PlayedFlow.load(Array(text.utf8), file: file, format: .yaml)
    return try #require(played, "\(findings.map(\.message))")
}

/// The one case of a test's own text.
func onlyCase(_ text: String, of played: PlayedFlow) throws -> CallCase {
    let (file, _) = CaseFile.read(Array(text.utf8), file: "sample.test.yaml") { _ in played.flow }
    #expect(file.findings.map(\.message) == [])
    return try #require(file.cases.first)
}

/// A call_forward, and the report of how it ended.
let forwardAndReport = """
    nodes:
      Start:
        type: start
        transitions: {incoming_call: Forward}
      Forward:
        type: call_forward
        to: +12025551234
        transitions: Report
      Report:
        type: http_request
        url: http://127.0.0.1:5000/report
        body: {status: <<Forward.status>>}
        transitions: end
    """
