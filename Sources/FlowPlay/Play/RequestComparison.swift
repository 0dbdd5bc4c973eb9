import FlowCore
import FlowDocument
import FlowWeb
import Plivo

/// Compares a request with what a case expects of it.
struct RequestComparison {
    let expected: ExpectedRequest

    init(_ expected: ExpectedRequest) {
        self.expected = expected
    }

    func failures(_ made: RequestMade, attempts: Int) -> [CaseFailure] {
        let request = made.request
        var failures: [CaseFailure] = []
        func check(_ field: String, _ wanted: Expected<String>?, _ found: String) {
            guard let wanted, wanted.content != found else { return }
            failures.append(self.failure(field, wanted.content, found, wanted.span))
        }
        check("method", expected.method, request.method)
        let url = made.url
        check("url", expected.url, expected.url?.content.contains("?") == true ? url : String(url.prefix { $0 != "?" }))
        check("attempts", expected.attempts.map { Expected(String($0.content), span: $0.span) }, String(attempts))
        for header in expected.headers {
            let found = request.headers.first { $0.name.lowercased() == header.name.lowercased() }?.value.redacted
            check("headers.\(header.name)", Expected(header.text, span: header.span), found ?? "nothing")
        }
        let query = Self.form(url.firstIndex(of: "?").map { String(url[url.index(after: $0)...]) } ?? "")
        for param in expected.params {
            check("params.\(param.name)", Expected(param.text, span: param.span), query[param.name] ?? "nothing")
        }
        if let body = expected.body { failures += self.failures(body, "body", in: Self.body(request)) }
        return failures
    }

    /// The parts of `wanted` that `found` does not have.
    private func failures(_ wanted: Value, _ name: String, in found: Datum) -> [CaseFailure] {
        switch wanted.content {
        case .scalar(let scalar):
            let isSame = scalar.style == .absent ? found.isEmpty : found.rendered == scalar.text
            return isSame ? [] : [failure(name, scalar.text, Self.shown(found), wanted.span)]
        case .mapping(let entries):
            return entries.flatMap { failures($0.value, "\(name).\($0.key.text)", in: found[$0.key.text]) }
        case .list(let items):
            guard case .list(let there) = found, there.count == items.count else {
                return [failure(name, "\(items.count) items", Self.shown(found), wanted.span)]
            }
            return zip(items, there).enumerated().flatMap { failures($1.0, "\(name)[\($0)]", in: $1.1) }
        }
    }

    private static func shown(_ datum: Datum) -> String {
        switch datum {
        case .missing: "nothing"
        case .text(""): "the empty text"
        default: datum.rendered
        }
    }

    private func failure(_ field: String, _ expected: String, _ found: String, _ span: Span) -> CaseFailure {
        CaseFailure(
            "requests.\(self.expected.node).\(field)",
            expected: expected.isEmpty ? "the empty text" : expected,
            found: found,
            span: span
        )
    }

    /// The body's parts, as its type says; else its text.
    static func body(_ request: OutboundRequest) -> Datum {
        let text = request.body.redacted
        let type = request.headers.first { $0.name.lowercased() == "content-type" }?.value.redacted ?? ""
        if type.contains("json"), let datum = Datum(json: Array(text.utf8)) { return datum }
        guard type.contains("x-www-form-urlencoded") else { return .text(text) }
        return .object(form(text).pairs.map { Datum.Member($0.name, .text($0.value)) })
    }

    private static func form(_ text: String) -> Parameters {
        do throws(Refusal) { return try FormReader.read(query: text) } catch { return Parameters() }
    }
}
