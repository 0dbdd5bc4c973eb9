import FlowWeb

/// Who may ask on the admin port, before anything is read: everything that speaks of the one who asks.
struct AdminDoor: Sendable {
    /// Where the port is served.
    private let address: Authority?
    private let token: BearerToken?

    init(host: String, token: BearerToken?) {
        address = Authority(host.contains(":") ? "[\(host)]" : host)
        self.token = token
    }

    /// - Returns: why the request is not taken; nil where it is.
    func refusal(_ request: AdminRequest) -> AdminAnswer? {
        guard let host = request.host else { return .badHost }
        // Without a token, what a browser sends to a name that somebody points here would be taken for the operator's.
        if token == nil, !host.isEmpty, !isOwn(host) { return .foreignHost }
        guard request.isRead || !isCrossSite(request, host) else { return .crossSite }
        if let token, request.path != "/healthz", !token.admits(request.authorization) { return .unauthorized }
        return nil
    }

    private func isOwn(_ host: String) -> Bool {
        guard let authority = Authority(host) else { return false }
        return authority.isLoopback || authority.host == address?.host
    }

    /// Whether another site's page sent it.
    ///
    /// A browser says which page asks, and no page can keep it from that (Fetch Metadata; RFC 6454, section 7). What says
    /// nothing is no browser.
    private func isCrossSite(_ request: AdminRequest, _ host: String) -> Bool {
        if let site = request.fetchSite { return site != "same-origin" && site != "none" }
        guard let origin = request.origin else { return false }
        guard let scheme = ["http", "https"].first(where: { origin.hasPrefix($0 + "://") }),
            let page = Authority(origin.dropFirst(scheme.count + 3)), let own = Authority(host)
        else { return true }
        let usual = scheme == "https" ? 443 : 80
        return page.host != own.host || (page.port ?? usual) != (own.port ?? usual)
    }
}
