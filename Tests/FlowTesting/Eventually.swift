package import Testing

/// Waits until `condition` holds, and records an issue where it never does.
///
/// What has to come, comes at its own pace on a busy machine: the limit is for what never does.
package func eventually(
    _ what: Comment,
    within limit: Duration = .seconds(120),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}
