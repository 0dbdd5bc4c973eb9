import NIOSSL
import Synchronization

/// What TLS needs to know, made when it is needed first: to read a machine's authorities takes a while.
final class TLSContext: Sendable {
    private let trustRoots: TrustRoots
    private let made = Mutex<NIOSSLContext?>(nil)

    init(_ trustRoots: TrustRoots) {
        self.trustRoots = trustRoots
    }

    /// Throws ``SendFailure/noAuthorities`` where the authorities cannot be read; the next call tries again.
    @Sendable func get() throws -> NIOSSLContext {
        try made.withLock { made in
            if let made { return made }
            guard let context = try? NIOSSLContext(configuration: trustRoots.configuration) else {
                throw SendFailure.noAuthorities
            }
            made = context
            return context
        }
    }
}
