import FlowCore
import FlowStore

/// A recorded call, played again on the version that it ran on, from the moment at which it came in.
package struct Replay: Sendable {
    package let call: RecordedCall
    package let result: PlayedCase

    package static func play(_ call: RecordedCall) async -> Replay {
        var result = await Player(call.played, opening: call.run.startedAt).play(call.item)
        result.failures += StoredRequests(call.allDeliveries, of: call.played.flow).differences(in: result.moments)
        return Replay(call: call, result: result)
    }

    /// Whether the run went the way that it was recorded, with the requests that the store holds.
    package var isSame: Bool { result.failures.isEmpty }

    /// Step by step, with secrets as `<secret NAME>`.
    package func text(paint: Paint = Paint()) -> TerminalText {
        let flow = call.played.flow
        var text = TerminalText(lines: transcript.text(result))
        text += "\nflow     \(flow.name), version \(flow.version), recorded \(call.run.startedAt.iso8601)\n"
        for failure in result.failures {
            text += "\(paint.red("differs")) in \(failure.field)\n  - \(failure.expected)\n  + \(failure.found)\n"
        }
        guard isSame else { return text }
        let requests = call.allDeliveries.isEmpty ? "" : ", and its requests are those that the store holds"
        return text + paint.green("the run went the way that it was recorded\(requests)\n")
    }

    var transcript: Transcript { Transcript(call.played.flow, opening: call.run.startedAt) }
}

extension Replay {
    /// `{"call","flow","version","started_at","path","outcome","same","differences":[{"field","expected","found"}],
    /// "steps":[{"seconds","what","text"}]}`.
    package var json: String {
        let transcript = transcript
        let steps = result.moments.map { moment -> Datum in
            let what =
                switch moment.kind {
                case .webhook: "webhook"
                case .answer: "answer"
                case .request: "request"
                case .timeIsUp: "time_is_up"
                }
            let seconds = String(moment.at.seconds(since: call.run.startedAt))
            return .object([
                .init("seconds", .number(seconds)), .init("what", .text(what)),
                .init("text", .text(transcript.content(moment))),
            ])
        }
        let differences = result.failures.map { failure in
            Datum.object([
                .init("field", .text(failure.field)), .init("expected", .text(failure.expected)),
                .init("found", .text(failure.found)),
            ])
        }
        let all = Datum.object([
            .init("call", .text(call.run.id.text)), .init("flow", .text(call.played.flow.name)),
            .init("version", .text(call.run.version.text)), .init("started_at", .text(call.run.startedAt.iso8601)),
            .init("path", .text(result.path(in: call.played.flow))),
            .init("outcome", .text(result.outcome)), .init("same", .boolean(isSame)),
            .init("differences", .list(differences)), .init("steps", .list(steps)),
        ])
        return all.json + "\n"
    }
}
