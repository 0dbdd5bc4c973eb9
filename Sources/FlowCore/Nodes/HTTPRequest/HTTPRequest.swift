import FlowDocument

/// Posts a report to an app server, or asks it what to do.
struct HTTPRequest: Node {
    private static let url = Field(
        "url",
        .url,
        roles: .url,
        isRequired: true,
        example: "https://example.com/dialstatus/",
        "Where the request goes; only the path and the query can hold templates."
    )
    private static let method = Field(
        "method",
        .choice(["GET", "POST", "PUT", "PATCH", "DELETE"]),
        roles: .method,
        default: "POST",
        "The HTTP method."
    )
    private static let params = Field("params", .pairs, roles: .query, "key:value pairs for the query string.")
    private static let body = Field("body", .body, roles: .body, "key:value pairs, or one text.")
    private static let format = Field(
        "format",
        .choice(["form", "json"]),
        roles: .bodyFormat,
        default: "form",
        "How pairs are sent: `form` as Plivo's own callbacks, `json` with nested pairs and lists."
    )
    private static let wait = Field(
        "wait",
        .choice(["auto", "false"]),
        roles: .waits,
        default: "auto",
        "`false`: delivered durably although a call_forward follows; the run goes on at once by `success`."
    )
    private static let headers = Field("headers", .pairs, roles: [.headers, .secretSink], "key:value pairs.")
    private static let username = Field(
        "username",
        .text(),
        roles: .secretSink,
        isRequired: true,
        "The user's name."
    )
    private static let password = Field(
        "password",
        .text(),
        roles: [.password, .secretSink],
        isRequired: true,
        mayBeEmpty: true,
        example: "<<secrets.CRM_PASSWORD>>",
        "The password; `''` where the user's name is a key by itself."
    )
    private static let basicFields = [username, password]
    private static let basic = Field("basic", .group(basicFields), "Basic authentication (RFC 7617).")
    private static let bearer = Field(
        "bearer",
        .text(),
        roles: [.token, .secretSink],
        example: "<<secrets.CRM_TOKEN>>",
        "A bearer token (RFC 6750)."
    )
    private static let authFields = [basic, bearer]
    private static let auth = Field("auth", .group(authFields), roles: .credentials, "Who flowd says it is.")
    private static let timeout = Field(
        "timeout",
        .wholeNumber(1...60, unit: "seconds"),
        roles: .answerSeconds,
        default: "15",
        onCallPath: "5",
        "For the whole request; 5 on the call path and 15 off it where it is left out."
    )
    private static let attempts = Field(
        "attempts",
        .wholeNumber(0...1_000_000, unit: "attempts"),
        roles: .attempts,
        isRequired: true,
        example: "3",
        "How often it is sent at most, the first time included."
    )
    private static let retry = Field(
        "retry",
        .wordOrGroup("none", [attempts]),
        roles: .retry,
        "`none`, or how many attempts; Standard Webhooks' ladder where it is left out."
    )

    static let description = NodeDescription(
        type: "http_request",
        summary: "Sends a request to an app server.",
        fields: [url, method, params, body, format, wait, headers, auth, timeout, retry],
        outcomes: [
            Outcome("success", .good, "Answered with a status from 200 to 299."),
            Outcome("failed", .bad, "Any other status, or no answer."),
        ],
        values: [
            ValueDescription("status_code", .number, "The HTTP status; 0 if there was no answer."),
            ValueDescription("content_type", .text, roles: [.fromServer, .oneLine], "The answer's Content-Type."),
            ValueDescription(
                "response",
                .open,
                roles: .fromServer,
                "The answer: the parts of a JSON body, or the text."
            ),
            ValueDescription(
                "error",
                .text,
                roles: .freeText,
                after: ["failed"],
                "Why there was no answer, in a few words."
            ),
            ValueDescription("status", .text, "The outcome: `success` or `failed`."),
        ],
        traits: .requests,
        notes: [.answerRemark],
        otherNames: ["http", "webhook", "request", "makehttprequest", "httpcallback"]
    )

    let method: String
    let url: URLTemplate?
    let params: [Pair]
    let content: RequestContent
    let waits: Bool
    let headers: [Pair]
    let authorization: Authorization?
    /// Seconds; nil for the default of the place.
    let timeout: Int?
    let attempts: Int?

    enum Authorization: Sendable {
        case basic(username: Template, password: Template)
        case bearer(Template)
    }

    init(_ reader: FieldReader) {
        method = reader.choice(Self.method)
        url = URLTemplate(reader, Self.url)
        params = reader.pairs(Self.params, escaping: .form)
        content = RequestContent(reader, Self.body, isJSON: reader.choice(Self.format) == "json")
        waits = reader.choice(Self.wait) == "auto"
        headers = reader.pairs(Self.headers, escaping: .header)
        authorization = Self.authorization(reader)
        timeout = reader.value(Self.timeout) == nil ? nil : reader.wholeNumber(Self.timeout)
        attempts = Self.attempts(reader)
        HeaderRules.check(headers, reader)
        url?.checkRepeated(params, reader)
    }

    var headline: String { "\(method) \(url?.origin ?? "")\(url?.pathText ?? "")" }

    // MARK: Reading

    private static func authorization(_ reader: FieldReader) -> Authorization? {
        guard let group = reader.group(auth, authFields) else { return nil }
        let pair = group.group(basic, basicFields)
        let token = group.template(bearer, escaping: .header)
        switch (pair, token) {
        case (let pair?, nil):
            guard let name = pair.template(username), let word = pair.template(password) else { return nil }
            return .basic(username: name, password: word)
        case (nil, let token?):
            group.checkFilled(bearer)
            return .bearer(token)
        case (nil, nil) where group.isMistyped(basic) || group.isMistyped(bearer): return nil
        default:
            reader.scope.report(
                .wrongType,
                "expected either \"basic\" or \"bearer\" in \"auth\" of \(reader.owner)",
                at: group.span
            )
            return nil
        }
    }

    private static func attempts(_ reader: FieldReader) -> Int? {
        guard let value = reader.value(retry) else { return nil }
        if value.text == "none" {
            reader.settle(retry, as: .word("none"))
            return 1
        }
        guard value.entries != nil else {
            reportNoRetry(value, reader)
            return nil
        }
        return reader.group(retry, [attempts]).map { $0.wholeNumber(attempts) }
    }

    private static func reportNoRetry(_ value: Value, _ reader: FieldReader) {
        let text = value.text ?? ""
        let found = value.text.map { "\"\($0)\"" } ?? value.kind
        var help: [String] = []
        if ["none", "no", "false", "off", "never", "0"].contains(text.lowercased()) {
            help = ["write \"none\""]
        } else if let count = Int(text), (1...100).contains(count) {
            help = ["write \"{attempts: \(count)}\""]
        }
        reader.scope.report(
            .wrongType,
            "expected none or {attempts: 3} in \"retry\", found \(found)",
            at: value.span,
            help: help
        )
    }

    // MARK: Sending

    func enter(_ stay: inout Stay) -> Progress {
        stay.clearValues()
        let request = request(&stay)
        let order = [OrderDraft(request, attempts: attempts)]
        guard waits else { return .order(order, then: .outcome("success")) }
        guard stay.isOnCallPath else { return .order(order, then: .wait) }
        // The caller need not wait for what nothing depends on, and it is worth more than one attempt.
        return stay.resultCounts ? .request(request) : .order(order, then: .outcome("success"))
    }

    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        guard case .requestEnded(_, let result) = signal else { return nil }
        stay.give("status_code", .number(String(result.statusCode)))
        stay.give("content_type", .text(result.contentType))
        let (response, remark) = result.reading
        if let remark { stay.note(.answerRemark, remark.words) }
        stay.give("response", response)
        stay.give("error", result.error.isEmpty ? .missing : .text(result.error))
        return .outcome(result.isSuccess ? "success" : "failed")
    }

    private func request(_ stay: inout Stay) -> OutboundRequest {
        var request = OutboundRequest(
            method: method,
            origin: url?.origin ?? "",
            target: url?.target(params, &stay) ?? SecretText("/"),
            timeout: timeout ?? (stay.isOnCallPath && stay.resultCounts && waits ? 5 : 15)
        )
        if method != "GET", let (body, type) = content.render(&stay) {
            request.body = body
            if !headers.contains(where: { $0.key.lowercased() == "content-type" }) {
                request.headers.append(.init("Content-Type", SecretText(type)))
            }
        }
        for header in headers {
            request.headers.append(.init(header.key, stay.secretText(header.value, .header, takesSensitive: true)))
        }
        switch authorization {
        case .basic(let username, let password):
            request.authorization = .basic(
                username: stay.secretText(username, .plain),
                password: stay.secretText(password, .plain)
            )
        case .bearer(let token): request.authorization = .bearer(stay.secretText(token, .header))
        case nil: break
        }
        return request
    }
}

extension NoteKind {
    fileprivate static let answerRemark = NoteKind("answer-remark", "\"{node}\": {0}")
}
