/// All addresses that begin with the same bits: `169.254.0.0/16`.
struct IPPrefix: Sendable {
    private let address: IPAddress
    private let length: Int

    init(_ text: StaticString) {
        let parts = String(describing: text).split(separator: "/")
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]) else {
            preconditionFailure("\(text) is no address and length")
        }
        self.address = address
        self.length = length
    }

    func contains(_ other: IPAddress) -> Bool {
        switch (address, other) {
        case (.v4(let prefix), .v4(let bits)):
            // A shift by the whole width gives 0 in Swift: a /0 holds everything.
            return (prefix ^ bits) >> (32 - length) == 0
        case (.v6(let high, let low), .v6(let otherHigh, let otherLow)):
            if length <= 64 { return (high ^ otherHigh) >> (64 - length) == 0 }
            return high == otherHigh && (low ^ otherLow) >> (128 - length) == 0
        default:
            return false
        }
    }
}
