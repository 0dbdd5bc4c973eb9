import FlowTesting
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import FlowDelivery

@Suite(.timeLimit(.minutes(5))) struct ConnectRaceTests {
    private enum Behavior {
        case connects, fails, hangs
        /// Is reached, and ready after a while.
        case shakesHands
    }

    /// Addresses as a test has them: each is connected as its behavior says, to its own number.
    private final class Addresses: Sendable {
        private struct State {
            var tried: [UInt32] = []
            var closed: [UInt32] = []
            var hanging: [UInt32: EventLoopPromise<UInt32>] = [:]
        }

        let order = AddressOrder()
        private let loop = MultiThreadedEventLoopGroup.singleton.any()
        private let behaviors: [Behavior]
        private let state = Mutex(State())

        init(_ behaviors: [Behavior]) {
            self.behaviors = behaviors
        }

        var all: [IPAddress] { behaviors.indices.map { .v4(UInt32($0)) } }
        var tried: [UInt32] { state.withLock { $0.tried } }
        var closed: [UInt32] { state.withLock { $0.closed } }

        /// Connects one that hung until now.
        func connect(_ number: UInt32) { state.withLock { $0.hanging.removeValue(forKey: number) }?.succeed(number) }

        func race(patience: Duration) -> ConnectRace<UInt32> {
            ConnectRace(all, order, on: loop, patience: patience) {
                self.open($0, $1)
            } close: { number in
                self.state.withLock { $0.closed.append(number) }
            }
        }

        private func open(_ address: IPAddress, _ reached: @Sendable () -> Void) -> EventLoopFuture<UInt32> {
            guard case .v4(let number) = address else { preconditionFailure("the tests' addresses are IPv4") }
            state.withLock { $0.tried.append(number) }
            switch behaviors[Int(number)] {
            case .connects: return loop.makeSucceededFuture(number)
            case .fails: return loop.makeFailedFuture(SendFailure.noSuchHost("\(number)"))
            case .hangs:
                let promise = loop.makePromise(of: UInt32.self)
                state.withLock { $0.hanging[number] = promise }
                return promise.futureResult
            case .shakesHands:
                reached()
                return loop.scheduleTask(in: .milliseconds(1)) { number }.futureResult
            }
        }
    }

    private static let long = Duration.seconds(3_600)
    private static let short = Duration.milliseconds(20)

    @Test(
        arguments: [
            ([.connects, .connects], long, 0, [0]), ([.fails, .fails, .connects], long, 2, [0, 1, 2]),
            ([.hangs, .hangs, .connects], short, 2, [0, 1, 2]), ([.shakesHands, .connects], long, 0, [0]),
            ([.hangs, .fails, .connects], short, 2, [0, 1, 2]),
        ] as [([Behavior], Duration, UInt32, [UInt32])]
    )
    private func `the first that is connected is taken, and those behind it are not tried`(
        behaviors: [Behavior],
        patience: Duration,
        winner: UInt32,
        tried: [UInt32]
    ) async throws {
        let addresses = Addresses(behaviors)
        #expect(try await addresses.race(patience: patience).run() == winner)
        #expect(addresses.tried == tried)
        // Those before it did not make use of their time, and come last from now on.
        #expect(addresses.order.sorted(addresses.all).first == .v4(winner))
        for number in tried { addresses.connect(number) }
    }

    @Test func `one that is connected too late is closed`() async throws {
        let addresses = Addresses([.hangs, .connects])
        #expect(try await addresses.race(patience: Self.short).run() == 1)
        addresses.connect(0)
        try await eventually("it is closed") { addresses.closed == [0] }
    }

    @Test func `the last failure is told where none is connected`() async {
        let addresses = Addresses([.fails, .fails])
        await #expect(throws: SendFailure.noSuchHost("1")) { try await addresses.race(patience: Self.long).run() }
    }

    @Test func `one that still hung when time ran out is remembered, and closed if it comes after all`() async throws {
        let addresses = Addresses([.hangs, .hangs])
        let race = addresses.race(patience: Self.short)
        await withThrowingTaskGroup(of: UInt32.self) { group in
            group.addTask { try await race.run() }
            try? await eventually("both hang") { addresses.tried == [0, 1] }
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
        #expect(addresses.order.sorted([.v4(0), .v4(9)]) == [.v4(9), .v4(0)])
        addresses.connect(0)
        addresses.connect(1)
        try await eventually("both are closed") { Set(addresses.closed) == [0, 1] }
    }
}
