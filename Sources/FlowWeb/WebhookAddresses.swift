import Crypto
package import FlowCore

/// The URLs that flowd puts into its answers.
///
/// Results and events are signed by Plivo. Confirmation sounds and dial music are fetched without a signature
/// to rely on: their paths end in a token that only a holder of the key can make, and what they give is read-only.
package struct WebhookAddresses: Sendable {
    package let publicURL: PublicURL
    private let key: HMAC<SHA256>

    /// The key is secret, and the same in every flowd process that Plivo may reach by this public URL, before and after
    /// a restart.
    package init(publicURL: PublicURL, key: [UInt8]) {
        self.publicURL = publicURL
        self.key = HMAC(key: SymmetricKey(data: key))
    }

    /// How Plivo is to deliver (voice/concepts/callback-configurations).
    ///
    /// 2 s to connect, 15 s to answer and five retries, on a 5xx too, so that a call survives a restart. A fragment is
    /// no part of the URL that is requested and signed.
    package static let fragment = "#ct=2000&rt=15000&rc=5&rp=ct,rt,5xx"

    /// The absolute URL for an answer.
    package func url(_ path: WebhookPath) -> String {
        var url = publicURL.text
        url.reserveCapacity(256)
        path.append(to: &url)
        url += Self.fragment
        return url
    }

    /// Where a `<Dial>` tells how it ended.
    package func result(of step: StepAddress) -> WebhookPath {
        .result(flow: step.flow, version: step.version, node: step.node, turn: step.turn)
    }

    /// What is behind `confirmSound`.
    package func confirmation(of step: StepAddress) -> WebhookPath {
        withToken(.confirmation(step, token: ""))
    }

    /// What is behind `dialMusic`.
    package func music(of step: StepAddress) -> WebhookPath {
        withToken(.music(step, token: ""))
    }

    /// Whether a path's token is the one it was given; true for a path that has none.
    ///
    /// Takes the same time wherever the two differ.
    package func admits(_ path: WebhookPath) -> Bool {
        switch (path, withToken(path)) {
        case (.confirmation(_, let given), .confirmation(_, let expected)): Self.isSame(given, expected)
        case (.music(_, let given), .music(_, let expected)): Self.isSame(given, expected)
        default: true
        }
    }

    private func withToken(_ path: WebhookPath) -> WebhookPath {
        switch path {
        case .confirmation(let step, _): .confirmation(step, token: token("confirm", path))
        case .music(let step, _): .music(step, token: token("music", path))
        case .flow, .incoming, .result, .events: path
        }
    }

    /// 16 bytes of HMAC-SHA256 over the kind and the path before the token.
    private func token(_ kind: String, _ path: WebhookPath) -> String {
        var code = key
        code.update(data: Array(kind.utf8))
        code.update(data: Array((path.textBeforeToken ?? "").utf8))
        return Base64.url.encode(code.finalize().prefix(16))
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(left.utf8, right.utf8) { difference |= left ^ right }
        return difference == 0
    }
}
