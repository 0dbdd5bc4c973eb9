package import FlowCore
import FlowStore

/// A played call as people read it: turn by turn what came, what was answered, what was sent.
///
/// It says the same for the same call whatever the flow's version is called, so that it can be kept and compared.
package struct Transcript: Sendable {
    private let flow: Flow
    private let opening: Timestamp

    package init(_ flow: Flow, opening: Timestamp = StageClock.opening) {
        self.flow = flow
        self.opening = opening
    }

    package func text(_ played: PlayedCase) -> String {
        var lines = ["\(flow.name): \(played.item.name)", ""]
        for moment in played.moments { lines += self.lines(moment) }
        lines += ["", "path     \(played.run == nil ? "no run" : played.path(in: flow))", "outcome  \(played.outcome)"]
        if let run = played.run {
            for note in run.notes { lines.append("note     \(note.text(in: flow))") }
            for (name, value) in Self.values(run, in: flow) { lines.append("value    \(name) = \(value)") }
        }
        lines += played.sidePaths(in: flow).map { "side run \($0)" }
        for delivery in played.deliveries {
            let node = flow.nodes.indices.contains(delivery.key.node) ? flow.nodes[delivery.key.node].name : ""
            let count = delivery.attempts.count
            lines.append("delivery \(node) \(delivery.state) after \(count) attempt\(count == 1 ? "" : "s")")
        }
        return lines.map(PrintableText.of).joined(separator: "\n") + "\n"
    }

    /// One moment, without control characters; the first line begins with the time since the call came in.
    package func lines(_ moment: Moment) -> [String] { written(moment).map(PrintableText.of) }

    private func written(_ moment: Moment) -> [String] {
        let time = Self.clock(moment.at.seconds(since: opening))
        switch moment.kind {
        case .webhook(let label): return ["\(time)  plivo    \(label)"]
        case .answer(let bytes): return Self.indented("\(time)  answer   ", xml(bytes))
        case .timeIsUp: return ["\(time)  flowd    the time that the run waited for is up"]
        case .request(let made, let answer):
            let attempt = made.attempt > 1 ? ", attempt \(made.attempt)" : ""
            let waits = made.isOnCallPath ? ", plivo waits" : ""
            let head =
                "\(made.node): \(made.request.method) \(made.url)\(attempt)\(waits) -> \(answer.text(to: made.request))"
            return Self.indented("\(time)  request  ", [head] + (made.attempt > 1 ? [] : Self.content(made.request)))
        }
    }

    /// The same without its time, in one text.
    func content(_ moment: Moment) -> String {
        switch moment.kind {
        case .webhook(let label): label
        case .answer(let bytes): String(decoding: bytes, as: UTF8.self)
        case .timeIsUp: "the time that the run waited for is up"
        case .request(let made, let answer):
            "\(made.node): \(made.request.method) \(made.url) -> \(answer.text(to: made.request))"
        }
    }

    private static func indented(_ head: String, _ lines: [String]) -> [String] {
        let blanks = String(repeating: " ", count: head.count)
        return lines.enumerated().map { ($0 == 0 ? head : blanks) + $1 }
    }

    /// `01:02:03`, or with days in front.
    static func clock(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let days = seconds / 86_400
        let time = "\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        return days > 0 ? "\(days)d \(time)" : time
    }

    private static func content(_ request: OutboundRequest) -> [String] {
        var lines = request.headers.map { "\($0.name): \($0.value.redacted)" }
        switch request.authorization {
        case .basic(let username, _): lines.append("Authorization: Basic \(username.redacted):…")
        case .bearer(let token): lines.append("Authorization: Bearer \(token.pieces.count == 1 ? token.redacted : "…")")
        case nil: break
        }
        guard !request.body.isEmpty else { return lines }
        if case .object(let members) = RequestComparison.body(request) {
            return lines + members.map { "\($0.key) = \($0.value.rendered)" }
        }
        return lines + request.body.redacted.split(separator: "\n").map(String.init)
    }

    // MARK: XML

    /// An answer, an element a line, with flowd's own addresses cut to what they say.
    package func xml(_ bytes: [UInt8]) -> [String] {
        XMLElement(bytes).map { lines($0, indent: "") } ?? [String(decoding: bytes, as: UTF8.self)]
    }

    private func lines(_ element: XMLElement, indent: String) -> [String] {
        let attributes = element.attributes.map { "\($0.name)=\"\(shown($0.value))\"" }
        let isLong = attributes.count > 2
        var lines = [indent + "<\(element.name)" + (isLong ? "" : attributes.map { " \($0)" }.joined())]
        if isLong { lines += attributes.map { indent + "    " + $0 } }
        guard !element.children.isEmpty || !element.text.isEmpty else {
            lines[lines.count - 1] += "/>"
            return lines
        }
        lines[lines.count - 1] += ">"
        guard !element.children.isEmpty else {
            lines[lines.count - 1] += shown(element.text) + "</\(element.name)>"
            return lines
        }
        lines += element.children.flatMap { self.lines($0, indent: indent + "  ") }
        lines.append(indent + "</\(element.name)>")
        return lines
    }

    private func shown(_ value: String) -> String {
        let base = "http://127.0.0.1:8080/flows/"
        guard value.hasPrefix(base) else { return value }
        let path = value.dropFirst(base.count).prefix { $0 != "#" }
        var segments = path.split(separator: "/").map { $0 == flow.version.text[...] ? "VERSION" : String($0) }
        if segments.count > 6 { segments.replaceSubrange(5..., with: ["CALL"] + (segments.count > 6 ? ["TOKEN"] : [])) }
        return "/flows/" + segments.joined(separator: "/")
    }

    // MARK: Values

    /// What a run's nodes gave, by the names that templates use; what is empty is left out.
    package static func values(_ run: Run, in flow: Flow) -> [(name: String, text: String)] {
        var found: [(name: String, text: String)] = []
        for (node, values) in zip(flow.nodes, run.values) {
            for (description, value) in zip(node.description.values, values)
            where !value.isEmpty && value != .object([]) {
                found.append(("\(node.name).\(description.name)", value.rendered))
            }
        }
        return found
    }
}
