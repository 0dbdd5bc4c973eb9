package import FlowCore

/// Which flow answers a number, among those that are linted together: worked out once for all of them.
package struct NumberClaims: Sendable {
    private let flows: [Flow]
    /// By their places, in E.164.
    private let answering: [String: Int]
    /// All of them, in E.164.
    package let numbers: [String]

    package init(_ flows: [Flow]) {
        self.flows = flows
        answering = Dictionary(
            flows.indices.flatMap { index in flows[index].numbers.map { ($0.number.text, index) } }
        ) { first, _ in first }
        numbers = answering.keys.sorted()
    }

    package var isEmpty: Bool { answering.isEmpty }

    /// - Parameter number: in E.164.
    package subscript(_ number: String) -> Flow? { answering[number].map { flows[$0] } }
}
