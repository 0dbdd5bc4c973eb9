import NIOCore

/// A port that cannot be listened on.
package struct ListenFailure: Error, CustomStringConvertible {
    package let address: ListenerAddress
    private let reason: String

    init(address: ListenerAddress, error: IOError) {
        self.address = address
        reason =
            switch error.errnoCode {
            case 98, 48: "the port is in use"
            case 13: "ports below 1024 need a privilege"
            case 99, 49: "this machine has no such address"
            default: "\(error)"
            }
    }

    package var description: String { "cannot listen on \(address): \(reason)" }
}
