import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// The system's resolver, `getaddrinfo(3)`, on threads of its own.
///
/// It blocks for as long as name servers are silent, and cannot be interrupted. So a name is looked up once at a time
/// whoever asks, those who asked leave when they are cancelled, and one name that hangs holds one thread. Answers are
/// kept for a few seconds: connections are made to the addresses that were checked, so an old answer is a safe one.
final class SystemResolver: Sendable {
    private typealias Waiter = CheckedContinuation<[IPAddress], any Error>

    private struct State {
        var waiters: [String: [Int: Waiter]] = [:]
        var known: [String: (addresses: [IPAddress], until: ContinuousClock.Instant)] = [:]
        var tickets = 0
    }

    private enum Entry {
        case known([IPAddress])
        case first, joined, cancelled
    }

    private static let keeps = Duration.seconds(5)
    private static let keepsAtMost = 1_024

    private let threads: NIOThreadPool
    private let state = Mutex(State())

    init(threads count: Int = 16) {
        threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
    }

    /// Looks a host up, or throws ``SendFailure`` or, when cancelled, `CancellationError`.
    func addresses(of host: String) async throws -> [IPAddress] {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                switch enter(host, ticket, continuation) {
                case .known(let addresses): continuation.resume(returning: addresses)
                case .cancelled: continuation.resume(throwing: CancellationError())
                case .first: lookUp(host)
                case .joined: break
                }
            }
        } onCancel: {
            state.withLock { $0.waiters[host]?.removeValue(forKey: ticket) }?.resume(throwing: CancellationError())
        }
    }

    /// Lets the threads go; whoever waits is told so.
    func shutDown() async {
        try? await threads.shutdownGracefully()
    }

    private func enter(_ host: String, _ ticket: Int, _ waiter: Waiter) -> Entry {
        state.withLock { state in
            // The handler of a task that was cancelled before this has run and found nobody.
            if Task.isCancelled { return .cancelled }
            if let known = state.known[host], known.until > .now { return .known(known.addresses) }
            let isFirst = state.waiters[host] == nil
            state.waiters[host, default: [:]][ticket] = waiter
            return isFirst ? .first : .joined
        }
    }

    private func lookUp(_ host: String) {
        threads.submit { status in
            switch status {
            case .active: self.settle(host, Result { try Self.systemAddresses(of: host) })
            case .cancelled: self.settle(host, .failure(SendFailure.stopping))
            }
        }
    }

    private func settle(_ host: String, _ result: Result<[IPAddress], any Error>) {
        let waiters = state.withLock { state in
            if case .success(let addresses) = result {
                if state.known.count >= Self.keepsAtMost { state.known = [:] }
                state.known[host] = (addresses, .now + Self.keeps)
            }
            return state.waiters.removeValue(forKey: host) ?? [:]
        }
        for waiter in waiters.values { waiter.resume(with: result) }
    }

    /// Blocks.
    private static func systemAddresses(of host: String) throws(SendFailure) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        // glibc's EAI_NODATA, which its header hides: the name is there and has no address.
        if code == EAI_NONAME || code == -5 { throw .noSuchHost(host) }
        guard code == 0 else { throw .noLookUp(host, reason: String(cString: gai_strerror(code)).lowercased()) }
        var found: [IPAddress] = []
        var entry = list
        while let info = entry?.pointee {
            if let address = address(info), !found.contains(address) { found.append(address) }
            entry = info.ai_next
        }
        return found
    }

    private static func address(_ info: addrinfo) -> IPAddress? {
        let address: SocketAddress
        switch info.ai_family {
        case AF_INET:
            address = info.ai_addr.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { SocketAddress($0.pointee) }
        case AF_INET6:
            address = info.ai_addr.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { SocketAddress($0.pointee) }
        default:
            return nil
        }
        return address.ipAddress.flatMap { IPAddress($0) }
    }
}
