import NIOCore
import Synchronization

/// Connects to one of a host's addresses, in turn, and takes the first that is ready (RFC 8305).
///
/// The next one is tried when the last has failed, or is not reached after 250 ms, or not ready (TLS) another 250 ms
/// later. The others are closed as soon as they are connected: nothing is written to them. Addresses that failed, or
/// were still not ready when another one was or when time ran out, are remembered in the ``AddressOrder``.
final class ConnectRace<Connection: Sendable>: Sendable {
    /// Connects to an address, and calls `reached` when the other side has taken the connection.
    typealias Open =
        @Sendable (_ address: IPAddress, _ reached: @escaping @Sendable () -> Void) -> EventLoopFuture<Connection>

    private enum Signal {
        case connected
        case failed(Int, any Error)
        /// The other side has taken the connection, which may need a handshake.
        case reached(Int)
        /// An address has had its time by itself, before or after it was reached.
        case timeIsUp(Int, isReached: Bool)
    }

    private struct State {
        var winner: (index: Int, connection: Connection)?
        var isOver = false
    }

    private let addresses: [IPAddress]
    private let order: AddressOrder
    private let loop: any EventLoop
    private let patience: Duration
    private let open: Open
    private let close: @Sendable (Connection) -> Void
    private let signals: AsyncStream<Signal>
    private let signal: AsyncStream<Signal>.Continuation
    private let state = Mutex(State())

    /// - Parameters:
    ///   - addresses: at least one; all may be called.
    ///   - loop: keeps the time.
    ///   - patience: how long an address is tried by itself (RFC 8305, section 8: "Connection Attempt Delay").
    init(
        _ addresses: [IPAddress],
        _ order: AddressOrder,
        on loop: any EventLoop,
        patience: Duration = .milliseconds(250),
        open: @escaping Open,
        close: @escaping @Sendable (Connection) -> Void
    ) {
        precondition(!addresses.isEmpty, "a race needs an address")
        self.addresses = order.sorted(addresses)
        self.order = order
        self.loop = loop
        self.patience = patience
        self.open = open
        self.close = close
        (signals, signal) = AsyncStream.makeStream()
    }

    /// Gives the first connection; throws why the last address failed, and `CancellationError` when cancelled.
    func run() async throws -> Connection {
        var began: [Int: ContinuousClock.Instant] = [:]
        var reached: Set<Int> = []
        var next = 0
        func startNext() {
            began[next] = .now
            start(next)
            next += 1
        }
        defer { settle(began) }
        startNext()
        for await signal in signals {
            switch signal {
            case .connected:
                if let winner = state.withLock({ $0.winner }) { return winner.connection }
            case .failed(let index, let error):
                began[index] = nil
                order.failed(addresses[index])
                guard next < addresses.count else {
                    if began.isEmpty { throw error }
                    continue
                }
                startNext()
            case .reached(let index):
                reached.insert(index)
                startTimer(index, isReached: true)
            case .timeIsUp(let index, let isReached):
                guard index == next - 1, began[index] != nil, isReached == reached.contains(index) else { continue }
                if next < addresses.count { startNext() }
            }
        }
        // The connection may have come first, and nobody takes it any more.
        if let winner = state.withLock({ $0.winner }) { close(winner.connection) }
        throw CancellationError()
    }

    private func start(_ index: Int) {
        let opened = open(addresses[index]) { self.signal.yield(.reached(index)) }
        opened.whenComplete { result in
            switch result {
            case .success(let connection):
                let isFirst = self.state.withLock { state in
                    guard !state.isOver, state.winner == nil else { return false }
                    state.winner = (index, connection)
                    return true
                }
                if isFirst { self.signal.yield(.connected) } else { self.close(connection) }
            case .failure(let error): self.signal.yield(.failed(index, error))
            }
        }
        startTimer(index, isReached: false)
    }

    private func startTimer(_ index: Int, isReached: Bool) {
        loop.scheduleTask(in: TimeAmount(patience)) { self.signal.yield(.timeIsUp(index, isReached: isReached)) }
    }

    /// Ends the race, and remembers the addresses that had their time and did not make use of it.
    private func settle(_ began: [Int: ContinuousClock.Instant]) {
        let winner = state.withLock { state in
            state.isOver = true
            return state.winner?.index
        }
        signal.finish()
        for (index, instant) in began where index != winner && instant.duration(to: .now) >= patience {
            order.failed(addresses[index])
        }
    }
}
