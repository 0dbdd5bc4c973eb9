import FlowCore
import FlowStore

/// A recorded call, played again on the version that it ran on.
package struct Replay: Sendable {
    package let call: RecordedCall
    package let result: PlayedCase

    package static func play(_ call: RecordedCall) async -> Replay {
        Replay(call: call, result: await Player(call.played).play(call.item))
    }

    /// Whether the run went the way that it was recorded.
    package var isSame: Bool { result.failures.isEmpty }

    /// Step by step, with secrets as `<secret NAME>`.
    package func text(paint: Paint = Paint()) -> String {
        let flow = call.played.flow
        var text = Transcript(flow).text(result)
        text += "\nflow     \(flow.name), version \(flow.version), recorded \(call.run.startedAt.iso8601)\n"
        for failure in result.failures {
            text += "\(paint.red("differs")) in \(failure.field)\n  - \(failure.expected)\n  + \(failure.found)\n"
        }
        return text + (isSame ? paint.green("the run went the way that it was recorded\n") : "")
    }

    /// The call as a test file.
    package var testFile: String { CaseWriter(flow: call.played.flow.name).text([call.item]) }
}

extension Replay {
    /// `{"call","flow","version","path","outcome","same","steps":[{"seconds","what","text"}]}`.
    package var json: String {
        let transcript = Transcript(call.played.flow)
        let steps = result.moments.map { moment -> Datum in
            let what =
                switch moment.kind {
                case .webhook: "webhook"
                case .answer: "answer"
                case .request: "request"
                case .timeIsUp: "time_is_up"
                }
            let seconds = String(moment.at.seconds(since: StageClock.opening))
            return .object([
                .init("seconds", .number(seconds)), .init("what", .text(what)),
                .init("text", .text(transcript.content(moment))),
            ])
        }
        let all = Datum.object([
            .init("call", .text(call.run.id.text)), .init("flow", .text(call.played.flow.name)),
            .init("version", .text(call.run.version.text)), .init("path", .text(result.path(in: call.played.flow))),
            .init("outcome", .text(result.outcome)), .init("same", .boolean(isSame)), .init("steps", .list(steps)),
        ])
        return all.json + "\n"
    }
}
