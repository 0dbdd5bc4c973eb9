import FlowCore
import NIOCore
import NIOHTTP1
import Synchronization

/// An answer while it comes in: what has arrived counts even where the rest never does.
final class IncomingAnswer: Sendable {
    private struct State {
        var hasBegun = false
        var head: HTTPResponseHead?
        var body: [UInt8] = []
    }

    private let state = Mutex(State())

    /// Whether a byte of an answer has come.
    var hasBegun: Bool { state.withLock { $0.hasBegun } }
    var head: HTTPResponseHead? { state.withLock { $0.head } }
    /// As it came, packed or not.
    var body: [UInt8] { state.withLock { $0.body } }

    func begin() { state.withLock { $0.hasBegun = true } }

    func take(_ head: HTTPResponseHead) { state.withLock { $0.head = head } }

    /// Takes in a part of the body; throws where the body is larger than an answer may be.
    func take(_ part: ByteBuffer) throws(SendFailure) {
        let isTooLarge = state.withLock { state in
            state.body += part.readableBytesView.prefix(RunLimits.responseBytes - state.body.count + 1)
            return state.body.count > RunLimits.responseBytes
        }
        if isTooLarge { throw .tooLarge }
    }
}
