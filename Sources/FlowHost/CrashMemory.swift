#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A ``CrashGuard``'s file: who is under way, and how often each was when its process died.
///
/// Words of 64 bits: a mark, pairs of a call's key and its crashes, then the keys that are under way; 0 is nobody.
struct CrashMemory {
    private static let mark: UInt64 = 0x666C_6F77_6400_0001
    private static let suspects = 256
    private static let slots = 512
    private static let bytes = (1 + 2 * suspects + slots) * 8
    /// Processes on one store.
    private static let files = 16

    /// Holds the lock on the file, and lets go of it when the process ends.
    private let descriptor: Int32
    private let words: UnsafeMutablePointer<UInt64>
    private var vacant: [Int]
    private var crashes: [UInt64: Int] = [:]

    /// Takes the first file that no living process has, and what dead ones left in the others.
    static func open(_ path: String) -> CrashMemory? {
        var memory: CrashMemory?
        for number in 0..<files {
            let flags = O_RDWR | O_CLOEXEC | (memory == nil ? O_CREAT : 0)
            let descriptor = systemOpen("\(path)-\(number)", flags)
            guard descriptor >= 0 else { continue }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, let words = map(descriptor) else {
                close(descriptor)
                continue
            }
            if memory == nil {
                memory = CrashMemory(words, descriptor)
            } else {
                let other = CrashMemory(words, descriptor)
                memory?.inherit(other)
                words.update(repeating: 0, count: bytes / 8)
                other.letGo()
            }
        }
        return memory
    }

    private static func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
        #if canImport(Glibc)
        Glibc.open(path, flags, 0o600)
        #elseif canImport(Musl)
        Musl.open(path, flags, 0o600)
        #else
        Darwin.open(path, flags, 0o600)
        #endif
    }

    private static func map(_ descriptor: Int32) -> UnsafeMutablePointer<UInt64>? {
        // A page without a block behind it would end the process when the disk is full.
        #if os(Linux)
        guard posix_fallocate(descriptor, 0, off_t(bytes)) == 0 else { return nil }
        #else
        guard ftruncate(descriptor, off_t(bytes)) == 0 else { return nil }
        #endif
        let address = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let address, address != MAP_FAILED else { return nil }
        return address.bindMemory(to: UInt64.self, capacity: bytes / 8)
    }

    /// Reads what the last owner left: whoever was under way has one crash more.
    private init(_ words: UnsafeMutablePointer<UInt64>, _ descriptor: Int32) {
        self.words = words
        self.descriptor = descriptor
        vacant = Array((0..<Self.slots).reversed())
        if words[0] != Self.mark {
            words.update(repeating: 0, count: Self.bytes / 8)
            words[0] = Self.mark
        }
        for index in 0..<Self.suspects where words[1 + 2 * index] != 0 {
            crashes[words[1 + 2 * index]] = Int(truncatingIfNeeded: words[2 + 2 * index])
        }
        var left: Set<UInt64> = []
        for slot in 0..<Self.slots where words[Self.word(slot)] != 0 { left.insert(words[Self.word(slot)]) }
        for key in left { crashes[key, default: 0] += 1 }
        // Counted before they are forgotten: dying in between counts one twice, which costs it no more than the lane.
        write()
        for slot in 0..<Self.slots { words[Self.word(slot)] = 0 }
    }

    /// Gives the file back as it is: who is under way now is what the next owner finds.
    func letGo() {
        munmap(words, Self.bytes)
        close(descriptor)
    }

    private mutating func inherit(_ other: CrashMemory) {
        guard !other.crashes.isEmpty else { return }
        crashes.merge(other.crashes) { $0 + $1 }
        write()
    }

    private static func word(_ slot: Int) -> Int { 1 + 2 * suspects + slot }

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

    func crashes(of key: UInt64) -> Int { crashes[key] ?? 0 }

    func count(atLeast limit: Int) -> Int { crashes.values.count { $0 >= limit } }

    mutating func acquit(_ key: UInt64) {
        guard crashes.removeValue(forKey: key) != nil else { return }
        write()
    }

    /// Writes the suspects down; where there are too many, those with the fewest crashes are let go.
    private mutating func write() {
        if crashes.count > Self.suspects {
            let worst = crashes.sorted { $0.value > $1.value }.prefix(Self.suspects)
            crashes = Dictionary(uniqueKeysWithValues: worst.map { ($0.key, $0.value) })
        }
        var index = 0
        for (key, count) in crashes {
            words[1 + 2 * index] = key
            words[2 + 2 * index] = UInt64(count)
            index += 1
        }
        for rest in index..<Self.suspects { words[1 + 2 * rest] = 0 }
    }
}
