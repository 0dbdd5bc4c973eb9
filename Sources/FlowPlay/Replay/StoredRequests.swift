import FlowCore
import FlowDocument
import FlowStore

/// The requests that a store holds of a call, to be compared byte for byte with those of a play.
///
/// A secret is the same where it has the same name, filters and place: what it stood for is nowhere.
struct StoredRequests {
    private let deliveries: [Delivery]
    private let flow: Flow

    init(_ deliveries: [Delivery], of flow: Flow) {
        self.deliveries = deliveries
        self.flow = flow
    }

    /// Where the play differs, request by request and part by part; what the store holds is expected.
    func differences(in moments: [Moment]) -> [CaseFailure] {
        let made = Dictionary(EndComparison.made(moments).map { ($0.key, $0.request) }) { first, _ in first }
        return deliveries.flatMap { delivery -> [CaseFailure] in
            let name = "requests.\(node(delivery.key.node))"
            let stored = delivery.request
            guard let request = made[delivery.key] else {
                let address = stored.origin + stored.target.redacted
                return [
                    CaseFailure(name, expected: "\(stored.method) \(address)", found: "no such request", span: .start)
                ]
            }
            return zip(Part.all(of: stored), Part.all(of: request)).compactMap { old, new in
                guard old.content != new.content else { return nil }
                let (expected, found) = Excerpt.pair(old.shown, new.shown)
                return CaseFailure("\(name).\(old.name)", expected: expected, found: found, span: .start)
            }
        }
    }

    private func node(_ index: Int) -> String {
        flow.nodes.indices.contains(index) ? flow.nodes[index].name : "#\(index)"
    }
}

/// One part of a request: all parts together are all that goes out.
private struct Part {
    let name: String
    let content: SecretText
    let shown: String

    private init(_ name: String, _ content: SecretText, shown: String? = nil) {
        self.name = name
        self.content = content
        self.shown = shown ?? content.redacted
    }

    static func all(of request: OutboundRequest) -> [Part] {
        var url = SecretText(request.origin)
        url.append(request.target)
        var headers = SecretText()
        for header in request.headers {
            headers.append("\(header.name): ")
            headers.append(header.value)
            headers.append("\n")
        }
        let shown = request.headers.map { "\($0.name): \($0.value.redacted)" }.joined(separator: ", ")
        return [
            Part("method", SecretText(request.method)), Part("url", url), Part("headers", headers, shown: shown),
            authorization(request.authorization), Part("body", request.body),
            Part("timeout", SecretText("\(request.timeout) s")),
        ]
    }

    private static func authorization(_ authorization: OutboundRequest.Authorization?) -> Part {
        switch authorization {
        case .basic(let username, let password):
            var text = SecretText("Basic ")
            text.append(username)
            text.append(":")
            text.append(password)
            return Part("authorization", text, shown: "Basic \(username.redacted):…")
        case .bearer(let token):
            var text = SecretText("Bearer ")
            text.append(token)
            return Part("authorization", text, shown: "Bearer …")
        case nil: return Part("authorization", SecretText(), shown: "none")
        }
    }
}

/// Two texts cut to where they differ, in one line each.
private enum Excerpt {
    /// Characters that are shown whole.
    private static let whole = 200
    /// Characters in front of the difference.
    private static let lead = 40

    static func pair(_ first: String, _ second: String) -> (String, String) {
        let (left, right) = (Array(first), Array(second))
        guard max(left.count, right.count) > whole else { return (line(first), line(second)) }
        let same = zip(left, right).prefix { $0 == $1 }.count
        return (cut(left, from: same - lead), cut(right, from: same - lead))
    }

    private static func cut(_ text: [Character], from start: Int) -> String {
        let start = max(0, start)
        let part = text.dropFirst(start).prefix(whole)
        let isCut = start + part.count < text.count
        return (start > 0 ? "…" : "") + line(String(part)) + (isCut ? "…" : "")
    }

    private static func line(_ text: String) -> String { text.isEmpty ? "nothing" : LogText.clean(text) }
}
