/// Hands the call to another server's XML, for good.
struct Redirect: Node {
    private static let address = Field(
        "url",
        .url,
        roles: .url,
        isRequired: true,
        example: "https://legacy.example.com/answer",
        "The address of the XML that goes on; only the path and the query can hold templates."
    )
    private static let method = Field("method", .choice(["POST", "GET"]), default: "POST", "The HTTP method.")

    static let description = NodeDescription(
        type: "redirect",
        summary: "Hands the call to another server. What follows runs without a caller.",
        fields: [address, method],
        outcomes: [Outcome("completed", .neutral, "The call is handed over.")],
        values: [ValueDescription("status", .text, "The outcome: `completed`.")],
        traits: [.holdsCaller, .endsCall],
        otherNames: ["twimlredirect", "transfer"]
    )

    private let url: URLTemplate?
    private let method: String

    init(_ reader: FieldReader) {
        url = URLTemplate(reader, Self.address)
        method = reader.choice(Self.method)
    }

    var headline: String { "\(url?.origin ?? "")\(url?.pathText ?? "")" }

    func enter(_ stay: inout Stay) -> Progress {
        if !stay.call.isOver {
            let target = url?.target([], &stay).redacted ?? "/"
            stay.endCall(.redirect(.url((url?.origin ?? "") + target), method: method))
        }
        return .outcome("completed")
    }
}
