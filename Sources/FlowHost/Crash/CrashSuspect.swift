/// What a ``CrashGuard`` remembers of a call that was under way when its process died.
struct CrashSuspect {
    private static let anotherTry: UInt64 = 1 << 32

    var crashes = 0
    /// Whether another version of flowd may try once what was set aside.
    var hasAnotherTry = false

    init() {}

    init(word: UInt64) {
        crashes = Int(word & (Self.anotherTry - 1))
        hasAnotherTry = word & Self.anotherTry != 0
    }

    /// As it stands in a file.
    var word: UInt64 { UInt64(crashes) | (hasAnotherTry ? Self.anotherTry : 0) }

    var standing: CrashGuard.Standing {
        switch crashes {
        case 0: .clear
        case CrashGuard.crashesInAll...: .hopeless
        case CrashGuard.crashesInAll - 1: .parked
        case CrashGuard.crashesAtMost... where !hasAnotherTry: .parked
        default: .suspect
        }
    }

    mutating func crash() {
        crashes += 1
        hasAnotherTry = false
    }

    /// Adds what another file says of the same call.
    mutating func merge(_ other: CrashSuspect) {
        crashes += other.crashes
        hasAnotherTry = hasAnotherTry || other.hasAnotherTry
    }
}
