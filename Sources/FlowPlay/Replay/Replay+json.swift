import FlowCore

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
