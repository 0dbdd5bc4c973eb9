package import FlowCore

/// Which flow answers a number, among those that are linted together: worked out once for all of them.
package struct NumberClaims: Sendable {
    private let answering: [PhoneNumber: Flow]

    package init(_ flows: [Flow]) {
        answering = Dictionary(flows.flatMap { flow in flow.numbers.map { ($0.number, flow) } }) { first, _ in first }
    }

    package var isEmpty: Bool { answering.isEmpty }

    /// All of them, in E.164.
    package var numbers: [String] { answering.keys.map(\.text).sorted() }

    package subscript(_ number: PhoneNumber) -> Flow? { answering[number] }
}
