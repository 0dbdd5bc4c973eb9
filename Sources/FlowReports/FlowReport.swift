package import FlowCore

/// A live flow, as operators see it.
package struct FlowReport: Encodable, Hashable, Sendable {
    package var name: String
    package var version: String
    package var file: String
    package var numbers: [String]
    /// By name, in the order of the file.
    package var nodes: [String]

    package init(_ flow: Flow) {
        name = flow.name
        version = flow.version.text
        file = flow.file
        numbers = flow.numbers.map(\.number.text)
        nodes = flow.nodes.map(\.name)
    }
}
