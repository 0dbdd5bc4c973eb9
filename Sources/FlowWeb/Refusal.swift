/// Something from outside that cannot be taken, and why.
package struct Refusal: Error, Hashable, Sendable {
    /// One line for people, in which what came from outside is quoted, cut and without control characters.
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}

extension Refusal: CustomStringConvertible {
    package var description: String { reason }
}
