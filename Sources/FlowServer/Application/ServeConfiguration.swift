package import FlowCore
package import FlowWeb

/// What `flowd serve` was told.
package struct ServeConfiguration: Sendable {
    package var webhooks = ListenerAddress(host: "127.0.0.1", port: 8080)
    package var admin = ListenerAddress(host: "127.0.0.1", port: 8081)
    package var publicURL: PublicURL
    /// Plivo's auth tokens; several while one is rotated.
    package var authTokens: [String] = []
    /// Serve without tokens where others can reach it.
    package var allowsUnsigned = false
    package var adminToken: String?
    package var ladder = Ladder.standardWebhooks
    /// Seconds that ended runs and dead deliveries stay.
    package var keepSeconds = 30 * 86_400
    package var webhookLimits = ListenerLimits(body: WebhookRequest.maximumBody)
    package var adminLimits = ListenerLimits(body: AdminResponder.maximumBody)
    /// How long deliveries under way may take after the listeners have stopped.
    package var deliveryGrace = Duration.milliseconds(2_500)
    /// For everything, once it is told to stop.
    package var shutdownLimit = Duration.seconds(10)
    /// What the log calls the store.
    package var store = ""
    /// flowd's.
    package var version: String

    package init(publicURL: PublicURL, version: String) {
        self.publicURL = publicURL
        self.version = version
        adminLimits.connections = 256
        adminLimits.drain = .milliseconds(500)
    }

    package var checksSignatures: Bool { !authTokens.isEmpty }

    /// What must not be served, in a line; nil where all is well.
    package var objection: String? {
        if authTokens.isEmpty, !webhooks.isLoopback, !allowsUnsigned {
            return "PLIVO_AUTH_TOKEN is not set, so anyone who reaches \(webhooks.host) could pose as Plivo: "
                + "set it, or say --allow-unsigned"
        }
        if adminToken?.isEmpty ?? true, !admin.isLoopback {
            return "the admin host \(admin.host) can be reached by others, so FLOWD_ADMIN_TOKEN has to be set"
        }
        return nil
    }
}
