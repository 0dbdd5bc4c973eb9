import FlowCore
import FlowStore

/// A recorded call, played again on the version that it ran on, from the moment at which it came in.
package struct Replay: Sendable {
    package let call: RecordedCall
    package let result: PlayedCase

    package static func play(_ call: RecordedCall) async -> Replay {
        var result = await Player(call.played, opening: call.run.startedAt).play(call.item)
        result.failures += StoredRequests(call.deliveries, of: call.played.flow).differences(in: result.moments)
        return Replay(call: call, result: result)
    }

    /// Whether the run went the way that it was recorded, with the requests that the store holds.
    package var isSame: Bool { result.failures.isEmpty }

    /// Step by step, with secrets as `<secret NAME>`.
    package func text(paint: Paint = Paint()) -> String {
        let flow = call.played.flow
        var text = transcript.text(result)
        text += "\nflow     \(flow.name), version \(flow.version), recorded \(call.run.startedAt.iso8601)\n"
        for failure in result.failures {
            text += "\(paint.red("differs")) in \(failure.field)\n  - \(failure.expected)\n  + \(failure.found)\n"
        }
        guard isSame else { return text }
        let requests = call.deliveries.isEmpty ? "" : ", and its requests are those that the store holds"
        return text + paint.green("the run went the way that it was recorded\(requests)\n")
    }

    var transcript: Transcript { Transcript(call.played.flow, opening: call.run.startedAt) }
}
