import Glibc

/// A ``CrashGuard``'s file: the calls under way, and how often the process died during each of them.
///
/// Words of 64 bits: a mark, the version of flowd that wrote it, pairs of a call's key and what it did, then the keys that
/// are under way; 0 is nobody.
struct CrashMemory {
    private static let mark: UInt64 = 0x666C_6F77_6400_0002
    private static let suspects = 256
    private static let slots = 512
    private static let firstSuspect = 2
    private static let firstSlot = firstSuspect + 2 * suspects
    private static let bytes = (firstSlot + slots) * 8
    /// Processes on one store.
    private static let files = 16

    /// Holds the lock on the file, and lets go of it when the process ends.
    private let descriptor: Int32
    private let words: UnsafeMutablePointer<UInt64>
    private var vacant: [Int]
    private var known: [UInt64: CrashSuspect] = [:]

    /// Takes the first file that no living process has, and what dead ones left in the others.
    ///
    /// - Parameter version: flowd's, never 0.
    static func open(_ path: String, version: UInt64) -> CrashMemory? {
        var memory: CrashMemory?
        var isFromAnother = false
        for number in 0..<files {
            let flags = O_RDWR | O_CLOEXEC | (memory == nil ? O_CREAT : 0)
            let descriptor = systemOpen("\(path)-\(number)", flags)
            guard descriptor >= 0 else { continue }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, let words = map(descriptor) else {
                close(descriptor)
                continue
            }
            if words[0] == mark, words[1] != version { isFromAnother = true }
            if memory == nil {
                memory = CrashMemory(words, descriptor, version)
            } else {
                let other = CrashMemory(words, descriptor, version)
                memory?.inherit(other)
                words.update(repeating: 0, count: bytes / 8)
                other.letGo()
            }
        }
        if isFromAnother { memory?.giveAnotherTry() }
        return memory
    }

    private static func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
        Glibc.open(path, flags, 0o600)
    }

    private static func map(_ descriptor: Int32) -> UnsafeMutablePointer<UInt64>? {
        // A page without a block behind it would end the process when the disk is full.
        guard posix_fallocate(descriptor, 0, off_t(bytes)) == 0 else { return nil }
        let address = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let address, address != MAP_FAILED else { return nil }
        return address.bindMemory(to: UInt64.self, capacity: bytes / 8)
    }

    /// The suspects in all files, as they are now: for who only looks.
    static func look(_ path: String) -> [UInt64: CrashSuspect] {
        var found: [UInt64: CrashSuspect] = [:]
        for number in 0..<files {
            let descriptor = systemOpen("\(path)-\(number)", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            var words = [UInt64](repeating: 0, count: firstSlot)
            let size = words.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
            guard size == firstSlot * 8, words[0] == mark else { continue }
            found.merge(words.withUnsafeBufferPointer(suspects)) { $0.crashes < $1.crashes ? $1 : $0 }
        }
        return found
    }

    private static func suspects(in words: UnsafeBufferPointer<UInt64>) -> [UInt64: CrashSuspect] {
        var found: [UInt64: CrashSuspect] = [:]
        for index in stride(from: firstSuspect, to: firstSlot, by: 2) where words[index] != 0 {
            found[words[index]] = CrashSuspect(word: words[index + 1])
        }
        return found
    }

    /// Reads what the last owner left: each call that was under way has one crash more.
    private init(_ words: UnsafeMutablePointer<UInt64>, _ descriptor: Int32, _ version: UInt64) {
        self.words = words
        self.descriptor = descriptor
        vacant = Array((0..<Self.slots).reversed())
        if words[0] != Self.mark {
            words.update(repeating: 0, count: Self.bytes / 8)
            words[0] = Self.mark
        }
        known = Self.suspects(in: UnsafeBufferPointer(start: words, count: Self.bytes / 8))
        var left: Set<UInt64> = []
        for slot in 0..<Self.slots where words[Self.word(slot)] != 0 { left.insert(words[Self.word(slot)]) }
        for key in left { known[key, default: CrashSuspect()].crash() }
        words[1] = version
        // Counted before they are forgotten: dying in between counts one twice, and loses none.
        write()
        for slot in 0..<Self.slots { words[Self.word(slot)] = 0 }
    }

    /// Gives the file back as it is: the next owner finds the calls that are under way now.
    func letGo() {
        munmap(words, Self.bytes)
        close(descriptor)
    }

    /// Lets this version of flowd try once what another one set aside.
    private mutating func giveAnotherTry() {
        for (key, suspect) in known where suspect.standing == .parked { known[key]?.hasAnotherTry = true }
        write()
    }

    private mutating func inherit(_ other: CrashMemory) {
        guard !other.known.isEmpty else { return }
        for (key, suspect) in other.known { known[key, default: CrashSuspect()].merge(suspect) }
        write()
    }

    private static func word(_ slot: Int) -> Int { firstSlot + slot }

    // MARK: Under way

    /// - Returns: where it stands; nil where all slots are taken.
    mutating func take(_ key: UInt64) -> Int? {
        guard let slot = vacant.popLast() else { return nil }
        words[Self.word(slot)] = key
        return slot
    }

    mutating func free(_ slot: Int) {
        words[Self.word(slot)] = 0
        vacant.append(slot)
    }

    // MARK: Suspects

    func standing(of key: UInt64) -> CrashGuard.Standing { known[key]?.standing ?? .clear }

    var aside: Int { known.values.count { $0.standing.isAside } }

    /// Clears a call after its end, or after one clean turn unless the call was set aside before.
    ///
    /// A clean turn proves little where flowd died in another turn of the call.
    mutating func acquit(_ key: UInt64, _ proof: CrashProof) {
        guard proof != .none, let suspect = known[key] else { return }
        guard proof == .end || suspect.crashes < CrashGuard.crashesAtMost else { return }
        known[key] = nil
        write()
    }

    /// Writes the suspects down; where there are too many, those with the fewest crashes are let go.
    private mutating func write() {
        if known.count > Self.suspects {
            let worst = known.sorted { $0.value.crashes > $1.value.crashes }.prefix(Self.suspects)
            known = Dictionary(uniqueKeysWithValues: worst.map { ($0.key, $0.value) })
        }
        var index = Self.firstSuspect
        for (key, suspect) in known {
            words[index] = key
            words[index + 1] = suspect.word
            index += 2
        }
        for rest in stride(from: index, to: Self.firstSlot, by: 2) { words[rest] = 0 }
    }
}
