package import FlowCore

/// Keeps the texts of the flows that calls run on.
package protocol VersionStore: Sendable {
    func save(_ version: FlowVersion) async throws

    /// - Returns: nil where there is none, or none that is what it was.
    func version(_ id: VersionID) async throws -> FlowVersion?
}
