import AsyncHTTPClient
import FlowCore
import Foundation
import NIOCore
import NIOHTTP1
import Plivo

/// Plivo's part: it signs webhooks, sends them, and sends them again where no answer comes.
struct PlivoCloud: Sendable {
    struct Reply: Hashable, Sendable {
        var status: Int
        var text: String

        /// The address that a dial's result goes to.
        var action: String? {
            guard let start = text.firstRange(of: "action=\"") else { return nil }
            return String(text[start.upperBound...].prefix { $0 != "\"" && $0 != "#" })
        }

        var isDocument: Bool { status == 200 && text.contains("<Response") }
        /// The flows' `on_error` says so.
        var isApology: Bool { text.contains("sorry") }
    }

    private let client: HTTPClient
    private let verifier = SignatureVerifier(tokens: [Site.token])

    static func with(_ body: (PlivoCloud) async throws -> Void) async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        configuration.timeout.connect = .seconds(2)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            try await body(PlivoCloud(client: client))
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    private init(client: HTTPClient) {
        self.client = client
    }

    func get(_ url: String, bearer: String? = nil) async -> Reply? {
        var request = HTTPClientRequest(url: url)
        if let bearer { request.headers.add(name: "Authorization", value: "Bearer " + bearer) }
        return await execute(request, .seconds(5))
    }

    /// Sends a webhook once; nil where no answer came.
    func post(_ url: String, _ pairs: [(String, String)], limit: TimeAmount = .seconds(15)) async -> Reply? {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        let nonce = String(UInt64.random(in: 0...UInt64.max))
        let codes = verifier.sign(url: url, query: Parameters(), form: Parameters(pairs), nonce: nonce)
        request.headers.add(name: SignatureHeaders.signatureName, value: codes.joined(separator: ","))
        request.headers.add(name: SignatureHeaders.nonceName, value: nonce)
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(ByteBuffer(string: Self.form(pairs)))
        return await execute(request, limit)
    }

    /// Sends a webhook, and again up to five times where there is no answer, or none that says 2xx.
    func insist(_ url: String, _ pairs: [(String, String)], _ chance: inout Chance) async -> Reply? {
        for attempt in 0...5 {
            if attempt > 0 { try? await Task.sleep(for: chance.pause(0.2...0.8)) }
            if let reply = await post(url, pairs), reply.status < 500 { return reply }
        }
        return nil
    }

    private func execute(_ request: HTTPClientRequest, _ limit: TimeAmount) async -> Reply? {
        do {
            let response = try await client.execute(request, timeout: limit)
            let body = try await response.body.collect(upTo: 1 << 20)
            return Reply(status: Int(response.status.code), text: String(buffer: body))
        } catch {
            return nil
        }
    }

    private static func form(_ pairs: [(String, String)]) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")
        return pairs.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: plain) ?? "")" }.joined(
            separator: "&"
        )
    }
}
