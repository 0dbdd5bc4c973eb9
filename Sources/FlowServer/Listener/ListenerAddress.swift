import FlowWeb

/// Where a listener listens.
package struct ListenerAddress: Hashable, Sendable {
    package var host: String
    /// 0 for any that is free.
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool {
        host.lowercased() == "localhost" || Authority.isLoopback(address: host)
    }
}

extension ListenerAddress: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
