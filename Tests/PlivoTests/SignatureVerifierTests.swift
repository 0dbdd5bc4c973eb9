import FlowCore
import FlowWeb
import Plivo
import Testing

@Suite("A signature")
struct SignatureVerifierTests {
    private static let vector = SignatureVector.python[2]

    @Test("that Plivo's own libraries make is valid", arguments: SignatureVector.sdk + SignatureVector.python)
    func vectors(vector: SignatureVector) throws {
        #expect(try vector.verify() == .valid)
    }

    @Test("is what flowd makes too", arguments: SignatureVector.sdk + SignatureVector.python)
    func signing(vector: SignatureVector) throws {
        let signatures = try SignatureVerifier(tokens: ["other", vector.token]).sign(
            url: vector.url,
            query: FormReader.read(query: vector.query),
            form: FormReader.read(query: vector.form),
            nonce: vector.nonce
        )
        #expect(signatures.last == vector.signature)
        #expect(signatures.count == 2)
    }

    @Test("does not depend on the order of parameters")
    func order() throws {
        var shuffled = SignatureVector.sdk[2]
        let pairs = shuffled.form.split(separator: "&")
        for turn in 0..<pairs.count {
            shuffled.form = (pairs[turn...] + pairs[..<turn]).joined(separator: "&")
            #expect(try shuffled.verify() == .valid)
        }
    }

    @Test("sorts names and values by their bytes")
    func bytewise() throws {
        let verifier = SignatureVerifier(tokens: ["t"])
        func sign(_ form: String) throws -> [String] {
            try verifier.sign(url: "https://h/p", query: Parameters(), form: FormReader.read(query: form), nonce: "n")
        }
        #expect(
            try sign("b=2&B=1&b=10&ba=3&%F0%9F%98%80=5&%EF%BF%BD=4")
                == sign("B=1&b=10&b=2&ba=3&%EF%BF%BD=4&%F0%9F%98%80=5")
        )
        #expect(try sign("b=2") != sign("B=2"))
    }

    @Test("is no longer valid when any byte of the URL is another")
    func tamperedURL() throws {
        for index in Self.vector.url.indices {
            var tampered = Self.vector.url
            tampered.replaceSubrange(index...index, with: "~")
            let vector = SignatureVector(
                source: "",
                method: .post,
                url: tampered,
                query: Self.vector.query,
                form: Self.vector.form,
                signature: Self.vector.signature
            )
            #expect(try vector.verify() == .invalid, "\(tampered)")
        }
    }

    @Test("is no longer valid when any byte of a parameter is another", arguments: [0, 2])
    func tamperedParameters(number: Int) throws {
        let vector = SignatureVector.sdk[number]
        for index in vector.form.indices where vector.form[index].isNumber || vector.form[index].isLetter {
            var tampered = vector
            tampered.form.replaceSubrange(index...index, with: vector.form[index] == "0" ? "1" : "0")
            // An escape that means the same byte, or none, is no tampering with what is signed.
            guard let read = try? FormReader.read(query: tampered.form), try read != FormReader.read(query: vector.form)
            else { continue }
            #expect(try tampered.verify() == .invalid, "\(tampered.form)")
        }
    }

    private static let tampered: [(change: String, query: String, form: String)] = [
        ("a parameter is added", "b=2&a=1", "From=14155551234&To="),
        ("an unnamed parameter is added", "b=2&a=1", "From=14155551234&=x"),
        ("a parameter is taken away", "b=2&a=1", ""),
        ("a parameter comes twice", "b=2&a=1", "From=14155551234&From=14155551234"),
        ("a query parameter is added", "b=2&a=1&c", "From=14155551234"),
        ("a query parameter is another", "b=2&a=2", "From=14155551234"),
        ("the query is taken away", "", "From=14155551234"),
        ("the form is in the query", "b=2&a=1&From=14155551234", ""),
    ]

    @Test("is no longer valid when", arguments: tampered)
    func tamperedPairs(change: String, query: String, form: String) throws {
        let vector = SignatureVector(
            source: change,
            method: .post,
            url: Self.vector.url,
            query: query,
            form: form,
            signature: Self.vector.signature
        )
        #expect(try vector.verify() == .invalid)
    }

    @Test("is of one nonce and one token")
    func nonceAndToken() throws {
        for nonce in ["12346", "1234", "123456", "02345", " 12345"] {
            let headers = SignatureHeaders(signature: Self.vector.signature, nonce: nonce)
            #expect(try Self.vector.verify(with: ["my_auth_token"], headers: headers) == .invalid)
        }
        let headers = SignatureHeaders(signature: Self.vector.signature, nonce: "12345")
        for token in ["my_auth_tokem", "my_auth_toke", "my_auth_token ", "My_auth_token", ""] {
            #expect(try Self.vector.verify(with: [token], headers: headers) == .invalid)
        }
        #expect(try Self.vector.verify(with: [], headers: headers) == .invalid)
        #expect(try Self.vector.verify(with: ["new", "my_auth_token"], headers: headers) == .valid)
    }

    @Test("differs in every character")
    func tamperedSignature() throws {
        for index in Self.vector.signature.indices {
            var signature = Self.vector.signature
            signature.replaceSubrange(index...index, with: signature[index] == "A" ? "B" : "A")
            let headers = SignatureHeaders(signature: signature, nonce: "12345")
            #expect(try Self.vector.verify(with: ["my_auth_token"], headers: headers) == .invalid, "\(signature)")
        }
    }

    private static let good = vector.signature
    private static let other = SignatureVector.python[0].signature
    private static let lists: [(headers: SignatureHeaders, verdict: Verdict)] = [
        (SignatureHeaders(signature: good, nonce: "12345"), .valid),
        (SignatureHeaders(mainAccountSignature: good, nonce: "12345"), .valid),
        (SignatureHeaders(signature: other, mainAccountSignature: good, nonce: "12345"), .valid),
        (SignatureHeaders(signature: "\(other),\(good)", nonce: "12345"), .valid),
        (SignatureHeaders(signature: "\(other), \t\(good) ,", nonce: "12345"), .valid),
        (SignatureHeaders(signature: ",,x,\(good)=,\(good)", nonce: "12345"), .valid),
        (SignatureHeaders(signature: "\(other),\(other)", nonce: "12345"), .invalid),
        (SignatureHeaders(signature: "\(good)=", nonce: "12345"), .invalid),
        (SignatureHeaders(signature: String(good.dropLast()), nonce: "12345"), .invalid),
        (
            SignatureHeaders(signature: good.replacing("/", with: "_").replacing("+", with: "-"), nonce: "12345"),
            .invalid
        ),
        (SignatureHeaders(signature: "AAAA", nonce: "12345"), .invalid),
        (SignatureHeaders(signature: ",", nonce: "12345"), .invalid),
        (SignatureHeaders(nonce: "12345"), .missing("X-Plivo-Signature-V3")),
        (SignatureHeaders(signature: "", mainAccountSignature: "", nonce: "12345"), .missing("X-Plivo-Signature-V3")),
        (SignatureHeaders(signature: good), .missing("X-Plivo-Signature-V3-Nonce")),
        (SignatureHeaders(signature: good, nonce: ""), .missing("X-Plivo-Signature-V3-Nonce")),
        (SignatureHeaders(), .missing("X-Plivo-Signature-V3")),
    ]

    @Test("is looked for in both headers, and in lists", arguments: lists)
    func headers(headers: SignatureHeaders, verdict: Verdict) throws {
        #expect(try Self.vector.verify(with: ["my_auth_token"], headers: headers) == verdict)
    }

    @Test("of a GET with a form is none")
    func getWithForm() throws {
        let vector = SignatureVector(
            source: "",
            method: .get,
            url: Self.vector.url,
            query: Self.vector.query,
            form: Self.vector.form,
            signature: Self.vector.signature
        )
        #expect(try vector.verify() == .invalid)
    }

    /// The first is of plivo-python's tests (`tests/resources/test_signature.py`).
    @Test(arguments: [
        ("https://answer.url", "my_auth_token", "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc="),
        ("https://calls.example.com/flows/sms", "an-auth-token", "u1CZatLCeNnGlS+vuNjfY8juXWcJqKzJlnwju85rVak="),
    ])
    func `a message's version 2 is over the URL and the nonce, and counts for messages alone`(
        url: String,
        token: String,
        signature: String
    ) {
        let verifier = SignatureVerifier(tokens: ["other", token])
        #expect(verifier.signMessage(url: url, nonce: "12345").last == signature)
        func verify(_ headers: SignatureHeaders, isMessage: Bool = true, url: String = url) -> Verdict {
            verifier.verify(
                method: .post,
                url: url,
                query: Parameters(),
                form: Parameters([("MessageUUID", "m")]),
                headers: headers,
                isMessage: isMessage
            )
        }
        var headers = SignatureHeaders()
        #expect(verify(headers) == .missing("X-Plivo-Signature-V3 or X-Plivo-Signature-V2"))
        headers.messageSignature = signature
        #expect(verify(headers) == .missing("X-Plivo-Signature-V2-Nonce"))
        headers.messageNonce = "12345"
        #expect(verify(headers) == .valid)
        #expect(verify(headers, isMessage: false) == .missing("X-Plivo-Signature-V3"))
        #expect(verify(headers, url: url + "/") == .invalid)
        headers.messageNonce = "12346"
        #expect(verify(headers) == .invalid)
        headers = SignatureHeaders()
        (headers.mainAccountMessageSignature, headers.messageNonce) = ("AAAA,\(signature)", "12345")
        #expect(verify(headers) == .valid)
        headers.nonce = "1"
        #expect(verify(headers) == .missing("X-Plivo-Signature-V3"))
    }
}
