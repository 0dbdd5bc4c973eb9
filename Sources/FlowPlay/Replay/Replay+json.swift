import FlowCore

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
