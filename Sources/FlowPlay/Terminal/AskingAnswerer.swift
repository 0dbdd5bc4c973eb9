import FlowCore

/// Asks what an app server answers: a status and a body, `timeout` or `refused`.
struct AskingAnswerer: Answerer {
    let input: PlayInput
    let console: PlayConsole

    func answer(_ made: RequestMade) async -> ScriptedAnswer {
        while true {
            let attempt = made.attempt > 1 ? ", attempt \(made.attempt)" : ""
            let question = "\(made.node)\(attempt): \(made.request.method) \(made.url) is answered [200] "
            guard let line = input.next(question), !line.isEmpty else { return ScriptedAnswer(.status(200)) }
            if let answer = Self.read(line) { return answer }
            if input.isScripted {
                input.refuse(line, "a request is answered by a status and a body, timeout or refused")
                return ScriptedAnswer(.refused)
            }
            console.note(
                "  write a status and a body, such as 200 {\"agent\":\"+12025551234\"}, or timeout, or refused\n"
            )
        }
    }

    static func read(_ line: String) -> ScriptedAnswer? {
        if line == "timeout" { return ScriptedAnswer(.timeout) }
        if line == "refused" { return ScriptedAnswer(.refused) }
        let word = line.prefix { $0 != " " }
        guard let status = Int(word), (100...599).contains(status) else { return nil }
        let body = String(line.dropFirst(word.count)).trimmingBlanks
        let isJSON = body.hasPrefix("{") || body.hasPrefix("[")
        return ScriptedAnswer(.status(status), body: body, contentType: isJSON ? "application/json" : "")
    }
}
