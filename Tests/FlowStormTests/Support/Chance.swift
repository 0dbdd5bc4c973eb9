import Foundation

/// Chance that can be had again: the numbers that follow from a seed (SplitMix64).
struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Another sequence, for a task of its own.
    mutating func split() -> Chance { Chance(seed: next()) }

    mutating func happens(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

    mutating func pause(_ seconds: ClosedRange<Double>) -> Duration { .seconds(.random(in: seconds, using: &self)) }

    /// `FLOWD_SEED`, or any; printed either way, so that what failed can be run again.
    static func seeded(_ test: String = #function) -> Chance {
        let seed =
            ProcessInfo.processInfo.environment["FLOWD_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...UInt64.max)
        print("\(test): FLOWD_SEED=\(seed)")
        return Chance(seed: seed)
    }
}
