import NIOCore
import Synchronization

/// The connections of a courier: those in use, to be closed at its end, and those that are kept for the next request.
final class ConnectionPool: Sendable {
    private struct Kept {
        var connection: AppConnection
        var since: ContinuousClock.Instant
    }

    private struct State {
        var open: [ObjectIdentifier: AppConnection] = [:]
        /// Of each origin, the one that was used last at the end.
        var kept: [Origin: [Kept]] = [:]
        var keptInAll = 0
        var isShutDown = false
    }

    /// Under the 5 s after which Node.js, Apache and uvicorn close an idle connection: a request must not cross that.
    private static let keepsFor = Duration.seconds(4)

    /// Connections that are kept in all.
    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int = 512) {
        self.capacity = capacity
    }

    /// Connections that are kept for the next request.
    var keptInAll: Int { state.withLock { $0.keptInAll } }
    var isShutDown: Bool { state.withLock { $0.isShutDown } }

    /// Takes a kept connection to an origin out, where one leads to an address that may be called.
    func take(
        _ origin: Origin,
        to addresses: [IPAddress],
        at now: ContinuousClock.Instant = .now
    ) -> AppConnection? {
        var stale: [AppConnection] = []
        defer { for connection in stale { connection.close() } }
        return state.withLock { state in
            while let last = state.kept[origin]?.popLast() {
                state.keptInAll -= 1
                if state.kept[origin]?.isEmpty == true { state.kept[origin] = nil }
                let connection = last.connection
                let isFresh = last.since.duration(to: now) < Self.keepsFor
                if isFresh, connection.isActive, addresses.contains(connection.address) { return connection }
                stale.append(connection)
            }
            return nil
        }
    }

    /// Takes a new connection in, to be closed at the latest by ``shutDown()``; throws ``SendFailure/stopping`` after it.
    func add(_ connection: AppConnection) throws(SendFailure) {
        let id = ObjectIdentifier(connection)
        let isShutDown = state.withLock { state in
            if !state.isShutDown { state.open[id] = connection }
            return state.isShutDown
        }
        guard !isShutDown else {
            connection.close()
            throw .stopping
        }
        connection.closed.whenComplete { _ in self.state.withLock { $0.open[id] = nil } }
    }

    /// Keeps a connection for the next request to its origin.
    func keep(_ connection: AppConnection, of origin: Origin, at now: ContinuousClock.Instant = .now) {
        let isKept = state.withLock { state in
            guard !state.isShutDown, state.keptInAll < capacity, connection.isActive else { return false }
            state.kept[origin, default: []].append(Kept(connection: connection, since: now))
            state.keptInAll += 1
            return true
        }
        if !isKept { connection.close() }
    }

    /// Closes what nobody used for a while, and forgets what the other side closed.
    func removeIdle(at now: ContinuousClock.Instant = .now) {
        let gone = state.withLock { state in
            var gone: [AppConnection] = []
            for (origin, kept) in state.kept {
                let left = kept.filter { $0.since.duration(to: now) < Self.keepsFor && $0.connection.isActive }
                guard left.count < kept.count else { continue }
                state.kept[origin] = left.isEmpty ? nil : left
                state.keptInAll -= kept.count - left.count
                let stay = Set(left.map { ObjectIdentifier($0.connection) })
                gone += kept.map(\.connection).filter { !stay.contains(ObjectIdentifier($0)) }
            }
            return gone
        }
        for connection in gone { connection.close() }
    }

    /// Closes all connections, those in use too, and takes no more.
    func shutDown() async {
        let open = state.withLock { state in
            state.isShutDown = true
            state.kept = [:]
            state.keptInAll = 0
            return Array(state.open.values)
        }
        for connection in open { connection.close() }
        for connection in open { try? await connection.closed.get() }
    }
}
