import Crypto
package import FlowCore

/// The URLs that flowd puts into its answers.
///
/// What moves a run is signed by Plivo. Sounds, recordings and the like may come without a signature: their paths end in a
/// token that only a holder of the key can make, and what answers them is no document of the run.
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

    /// The absolute URL of a callback of a step, for an answer.
    package func url(_ address: CallbackAddress) -> String { url(.callback(path(of: address))) }

    /// The path of a callback of a step, with its token where Plivo may come without a signature.
    package func path(of address: CallbackAddress) -> CallbackPath {
        let step = address.step
        var path = CallbackPath(
            flow: step.flow,
            version: step.version,
            node: step.node,
            turn: step.turn,
            name: address.name,
            run: address.access == .byCall ? nil : step.run
        )
        if address.access == .byToken { path.token = token(path) }
        return path
    }

    /// Whether a path's token is the one it was given; true for a path that has none.
    ///
    /// Takes the same time wherever the two differ.
    package func admits(_ path: WebhookPath) -> Bool {
        guard case .callback(let callback) = path, let given = callback.token else { return true }
        return ConstantTime.isSame(given, token(callback.withoutToken))
    }

    /// 16 bytes of HMAC-SHA256 over the callback's name and the path before the token.
    private func token(_ path: CallbackPath) -> String {
        var text = ""
        path.append(to: &text)
        var code = key
        code.update(data: Array(path.name.utf8))
        code.update(data: Array(text.utf8))
        return Base64.url.encode(code.finalize().prefix(16))
    }
}
