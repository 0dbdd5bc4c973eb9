import FlowCore
import FlowWeb
import Plivo
import Testing

/// A request of which the signature is known from elsewhere.
struct SignatureVector: CustomTestStringConvertible {
    let source: String
    var token = "my_auth_token"
    var nonce = "12345"
    let method: WebhookMethod
    let url: String
    var query = ""
    var form = ""
    let signature: String

    var testDescription: String {
        "\(source): \(method.rawValue) \(url)\(query.isEmpty ? "" : "?\(query)") \(form.prefix(24))"
    }

    func verify(with tokens: [String], headers: SignatureHeaders) throws -> Verdict {
        try SignatureVerifier(tokens: tokens).verify(
            method: method,
            url: url,
            query: FormReader.read(query: query),
            form: FormReader.read(query: form),
            headers: headers
        )
    }

    func verify() throws -> Verdict {
        try verify(with: [token], headers: SignatureHeaders(signature: signature, nonce: nonce))
    }
}

extension SignatureVector {
    /// From the tests of plivo-go (`utils_test.go`) and plivo-ruby (`spec/signature_spec.rb`).
    ///
    /// For a GET the parameters are in the query.
    static let sdk: [SignatureVector] = [
        official(
            "plivo-go",
            .post,
            sdkURL + "/",
            query: "a=b&c=d",
            form: sdkForm,
            "k7Pusd4OxCIjR5IfA9iedDNu/h/gbdYqdzG/MiYtd1c="
        ),
        official(
            "plivo-go",
            .get,
            sdkURL + "/",
            query: "a=b&c=d&" + sdkForm,
            "UBq8jAtd32wR8EK9VgxbBn4n5rpI/l1H9iN4WfSEHFQ="
        ),
        official(
            "plivo-go",
            .post,
            sdkURL,
            form: sdkForm,
            "iAjE5QqI37mbkYe4w3jTMudqEzbDufdqi7sYwTu64e0="
        ),
        official(
            "plivo-ruby",
            .get,
            sdkURL,
            query: sdkForm,
            "i/MQsaQSAd6fiKhOh2qeeeLHZ9faldADSb3/7+Akfbc="
        ),
    ]

    /// Computed with plivo-python 4.63.0.
    static let python: [SignatureVector] = [
        computed(
            .post,
            "https://answer.url",
            "2tUVd+6dOTo/13hSmD0yrftTKb57pVvy0kxqkPKxcqk="
        ),
        computed(
            .post,
            "https://answer.url/p",
            form: "From=14155551234&To=14155550100&Empty=",
            "ywZRsp5J+KSc8KKe7tRixgQKQWtkO7bQwJdyPyxkLrk="
        ),
        computed(
            .post,
            "https://answer.url/p",
            query: "b=2&a=1",
            form: "From=14155551234",
            "S8adyYrvo2wcrhUiSe+Tgz+2DxFiBpZOSpDXgeoVaRk="
        ),
        computed(
            .post,
            "https://answer.url/p",
            query: "x=1",
            form: "From=14155551234",
            "tE2vY7SKhQbcpW+D96x20LrJBBn32zf0Zm++wiugXqI="
        ),
        computed(
            .get,
            "https://answer.url/p",
            query: "From=14155551234&To=14155550100",
            "iweUo7o5JVY6+4WxSiK/V/O7gD03S7T5g98qK0hBglk="
        ),
        computed(
            .get,
            "https://answer.url/p",
            query: "q=a%20b&e=",
            "8AHs53j9PAn00K09+EdDjh8h18/LS9mExL7ITlCp4uc="
        ),
        computed(
            .post,
            "https://h.example:8443/p",
            query: "b=2&b=1",
            form: "K=v",
            "AvGOC4MMs+5GNTzzbYpq1fE+Z8rc4ocJGb8DjlSNGOI="
        ),
        computed(
            .post,
            "https://answer.url/p",
            form: "Msg=h%C3%A9llo+%E2%9C%93",
            "Z4iNMefiq1k2wu+91Uf5ImzE6co6+vvQuYIXnyEapJU="
        ),
    ]

    private static func computed(
        _ method: WebhookMethod,
        _ url: String,
        query: String = "",
        form: String = "",
        _ signature: String
    ) -> Self {
        Self(source: "python", method: method, url: url, query: query, form: form, signature: signature)
    }

    private static func official(
        _ source: String,
        _ method: WebhookMethod,
        _ url: String,
        query: String = "",
        form: String = "",
        _ signature: String
    ) -> Self {
        Self(
            source: source,
            token: "Y2Q2ZDgxZmY5YWRiOTI5YmQ1Njg0MTAxZWIyOTc4",
            nonce: "31627761595286130198",
            method: method,
            url: url,
            query: query,
            form: form,
            signature: signature
        )
    }

    private static let sdkURL = "https://plivobin.non-prod.plivops.com/api/v1/validate_signature03.xml"
    private static let sdkForm = [
        "Direction=outbound",
        "From=19792014278",
        "CallStatus=in-progress",
        "BillRate=0.002",
        "ParentAuthID=MANWVLYTK4ZWU1YTY4QA",
        "Event=StartApp",
        "SessionStart=2020-04-08+11%3A34%3A33.238707",
        "To=sip%3APlivoSignature382029104058171078704104%40phone-qa.voice.plivodev.com",
        "SIP-H-To=%3Csip%3APlivoSignature382029104058171078704104%4052.9.11.55%3Btransport%3Dudp%3E%3Btag%3D1",
        "ALegUUID=3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36",
        "ALegRequestUUID=3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36",
        "CallUUID=3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36",
        "RequestUUID=3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36",
    ].joined(separator: "&")
}
