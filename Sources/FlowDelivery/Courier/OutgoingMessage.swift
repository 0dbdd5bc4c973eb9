import FlowCore
import FlowStore
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// A request as it goes out once: secrets and sensitive values are text in it, so it lives for one attempt and is never shown.
struct OutgoingMessage: Sendable {
    let origin: Origin
    let method: HTTPMethod
    /// Path and query.
    let target: String
    let headers: HTTPHeaders
    let body: ByteBuffer

    /// Composes an attempt, with what flowd adds: `User-Agent`, `webhook-id`, `webhook-timestamp`, `webhook-signature`.
    ///
    /// Whatever an app server receives is signed where there is a `signer`, lookups on the call path and GETs too: the
    /// signature covers the id, the time and the body, which may be empty.
    init(
        _ request: OutboundRequest,
        id: DeliveryID,
        at now: Timestamp,
        secrets: SecretSource,
        signer: StandardWebhooks?,
        userAgent: String
    ) throws(SendFailure) {
        guard let origin = Origin(request.origin) else { throw .badOrigin(request.origin) }
        func text(_ text: SecretText) throws(SendFailure) -> String {
            for case .secret(let name, _, _) in text.pieces where secrets[name] == nil { throw .missingSecret(name) }
            for number in text.sealed where request.vault.text(number) == nil { throw .wipedValue }
            return text.resolved(request.vault) { secrets[$0] }
        }
        self.origin = origin
        method = HTTPMethod(rawValue: request.method)
        target = Self.target(try text(request.target))
        let content = Array(try text(request.body).utf8)
        body = ByteBuffer(bytes: content)

        var headers = HTTPHeaders()
        for header in request.headers {
            guard Self.isToken(header.name) else { throw .badHeaderName(header.name) }
            guard !Self.isReserved(header.name) else { continue }
            headers.add(name: header.name, value: Self.value(try text(header.value)))
        }
        switch request.authorization {
        case .basic(let username, let password):
            let pair = Data("\(try text(username)):\(try text(password))".utf8).base64EncodedString()
            headers.replaceOrAdd(name: "Authorization", value: "Basic \(pair)")
        case .bearer(let token):
            headers.replaceOrAdd(name: "Authorization", value: "Bearer \(Self.value(try text(token)))")
        case nil: break
        }
        if !headers.contains(name: "User-Agent") { headers.add(name: "User-Agent", value: userAgent) }
        let seconds = now.milliseconds / 1_000
        headers.add(name: "webhook-id", value: id.text)
        headers.add(name: "webhook-timestamp", value: String(seconds))
        if let signer {
            let signature = signer.signature(id: id.text, timestamp: seconds, body: content)
            headers.add(name: "webhook-signature", value: signature)
        }
        self.headers = headers
    }

    /// The request as HTTP/1.1 has it, with what tells the server where it ends (RFC 9110, section 8.6).
    var head: HTTPRequestHead {
        var all: HTTPHeaders = ["Host": origin.authority]
        all.add(contentsOf: headers)
        if body.readableBytes > 0 || [.POST, .PUT, .PATCH].contains(method) {
            all.add(name: "Content-Length", value: String(body.readableBytes))
        }
        return HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: all)
    }

    /// What is flowd's own, or the connection's: not for authors to set.
    private static func isReserved(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix("webhook-") || reserved.contains(name)
    }

    private static let reserved: Set = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "te", "trailer",
        "upgrade", "expect",
    ]

    /// RFC 9110, section 5.6.2.
    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// A header's value without control characters, whatever a secret or a template brought: CR and LF never pass.
    private static func value(_ text: String) -> String {
        let kept = text.unicodeScalars.filter { $0 == "\t" || !$0.isControl }
        let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" }
        let trimmed = kept.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return String(String.UnicodeScalarView(trimmed))
    }

    /// Path and query, with whatever may not stand there percent-encoded (RFC 3986, section 3.3), else as it came.
    ///
    /// It begins with `/`, so that nothing in it can become a part of the host.
    static func target(_ text: String) -> String {
        var bytes: [UInt8] = text.utf8.first == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]
        let source = Array(text.utf8)
        for (index, byte) in source.enumerated() {
            let isEscape =
                byte == UInt8(ascii: "%") && source[(index + 1)...].prefix(2).count(where: isHexadecimal) == 2
            if isEscape || isTargetByte(byte) {
                bytes.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                bytes += (digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)").utf8
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    private static func isTargetByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~!$&'()*+,;=:@/?".utf8.contains(byte)
        }
    }
}
