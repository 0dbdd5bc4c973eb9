import FlowCore
import FlowHost
import Foundation
import Synchronization
import Testing

@Suite
struct CrashGuardTests {
    @Test("nobody is suspect who was not under way when the process died")
    func innocence() throws {
        try withPath { path in
            try process(path) { crashGuard in
                turn(crashGuard, call(1), .turn)
                _ = crashGuard.enter(call(2))
            }
            try process(path) { crashGuard in
                #expect(crashGuard.standing(of: call(1)) == .clear)
                #expect(crashGuard.standing(of: call(2)) == .suspect)
            }
        }
    }

    @Test("a suspect is clear once it got through a turn, and stays one where that shows nothing")
    func acquittal() throws {
        try withPath { path in
            try process(path) { _ = $0.enter(call(1)) }
            try process(path) { crashGuard in
                turn(crashGuard, call(1), .none)
                #expect(crashGuard.standing(of: call(1)) == .suspect)
                turn(crashGuard, call(1), .turn)
                #expect(crashGuard.standing(of: call(1)) == .clear)
            }
            try process(path) { #expect($0.standing(of: call(1)) == .clear) }
        }
    }

    @Test("the third crash sets a call aside, and none of the 63 that died with it the first time")
    func culprit() throws {
        try withPath { path in
            for crash in 1...3 {
                try process(path) { crashGuard in
                    for number in 1...(crash == 1 ? 64 : 1) { _ = crashGuard.enter(call(number)) }
                }
            }
            try process(path) { crashGuard in
                #expect(crashGuard.standing(of: call(1)) == .parked)
                #expect(crashGuard.aside == 1)
                for number in 2...64 { #expect(crashGuard.standing(of: call(number)) == .suspect) }
            }
        }
    }

    @Test("another version of flowd tries once what was set aside, and then sets it aside too")
    func anotherVersion() throws {
        try withPath { path in
            for _ in 1...3 { try process(path) { _ = $0.enter(call(1)) } }
            try process(path) { #expect($0.standing(of: call(1)) == .parked) }
            try process(path, version: "2") { #expect($0.standing(of: call(1)) == .suspect) }
            // The try is there until it is used, however often that version is started.
            try process(path, version: "2") { crashGuard in
                #expect(crashGuard.standing(of: call(1)) == .suspect)
                _ = crashGuard.enter(call(1))
            }
            try process(path, version: "2") { #expect($0.standing(of: call(1)) == .parked) }
        }
    }

    @Test("a call that another version brings to its end is clear")
    func mended() throws {
        try withPath { path in
            for _ in 1...3 { try process(path) { _ = $0.enter(call(1)) } }
            try process(path, version: "2") { turn($0, call(1), .end) }
            try process(path) { #expect($0.standing(of: call(1)) == .clear) }
        }
    }

    @Test("a call crashes flowd seven times at most, however many versions take turns and whatever it gets through")
    func bounded() throws {
        try withPath { path in
            var crashes = 0
            for start in 1...50 {
                try process(path, version: start.isMultiple(of: 2) ? "1" : "2") { crashGuard in
                    guard !crashGuard.standing(of: call(1)).isAside else { return }
                    if crashes > 2 { turn(crashGuard, call(1), .turn) }
                    _ = crashGuard.enter(call(1))
                    crashes += 1
                }
            }
            #expect(crashes == 6)
            // The seventh is the try to end it.
            try process(path) { crashGuard in
                #expect(crashGuard.standing(of: call(1)) == .parked)
                _ = crashGuard.enter(call(1))
            }
            try process(path, version: "3") { #expect($0.standing(of: call(1)) == .hopeless) }
        }
    }

    @Test("who only looks sees what is set aside, beside a process that lives and behind one that is gone")
    func looking() throws {
        try withPath { path in
            #expect(CrashGuard.look(path)(call(1)) == .clear)
            for _ in 1...3 { try process(path) { _ = $0.enter(call(1)) } }
            try process(path) { crashGuard in
                #expect(CrashGuard.look(path)(call(1)) == .parked)
                #expect(CrashGuard.look(path)(call(2)) == .clear)
                #expect(crashGuard.standing(of: call(1)) == .parked)
            }
            #expect(CrashGuard.look(path)(call(1)) == .parked)
        }
    }

    @Test("what dead processes counted is added, and what another version set aside in all has its try")
    func added() throws {
        try withPath { path in
            for _ in 1...2 {
                try process(path) { first in
                    _ = first.enter(call(1))
                    try process(path) { _ = $0.enter(call(1)) }
                }
            }
            try process(path, version: "2") { #expect($0.standing(of: call(1)) == .suspect) }
            try process(path, version: "1") { #expect($0.standing(of: call(1)) == .suspect) }
        }
    }

    @Test("a living process's turns make nobody suspect, and a dead one's do whichever process comes next")
    func peers() throws {
        try withPath { path in
            try process(path) { living in
                _ = living.enter(call(1))
                try process(path) { _ = $0.enter(call(2)) }
                try process(path) { crashGuard in
                    #expect(crashGuard.standing(of: call(1)) == .clear)
                    #expect(crashGuard.standing(of: call(2)) == .suspect)
                }
            }
            // Both are gone: one comes, and has what both left.
            try process(path) { crashGuard in
                #expect(crashGuard.standing(of: call(1)) == .suspect)
                #expect(crashGuard.standing(of: call(2)) == .suspect)
            }
        }
    }

    @Test("more turns than there is room for are not watched, and do no harm")
    func crowd() throws {
        try withPath { path in
            try process(path) { crashGuard in
                let entries = (1...2_000).map { crashGuard.enter(call($0)) }
                for entry in entries { crashGuard.leave(entry) }
                _ = crashGuard.enter(call(1))
            }
            try process(path) { #expect($0.standing(of: call(1)) == .suspect) }
        }
    }

    @Test("suspects run one at a time")
    func gate() async throws {
        let path = Self.newPath()
        defer { Self.remove(path) }
        let crashGuard = try #require(CrashGuard(path: path, version: "1"))
        let occupancy = Occupancy()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await crashGuard.alone {
                        occupancy.enter()
                        await Task.yield()
                        occupancy.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(occupancy.most == 1)
    }

    // MARK: Processes

    private func call(_ number: Int) -> RunID {
        guard let call = RunID(.call, "call-\(number)") else { preconditionFailure("no call's name") }
        return call
    }

    /// A whole turn, and what it shows.
    private func turn(_ crashGuard: CrashGuard, _ call: RunID, _ proof: CrashProof) {
        crashGuard.leave(crashGuard.enter(call))
        crashGuard.acquit(call, proof)
    }

    /// A process that dies at the end of `body`.
    private func process(_ path: String, version: String = "1", _ body: (CrashGuard) throws -> Void) throws {
        let crashGuard = try #require(CrashGuard(path: path, version: version))
        try withExtendedLifetime(crashGuard) { try body(crashGuard) }
    }

    private func withPath(_ body: (String) throws -> Void) throws {
        let path = Self.newPath()
        defer { Self.remove(path) }
        try body(path)
    }

    private static func newPath() -> String { NSTemporaryDirectory() + "/flowd-inflight-" + UUID().uuidString }

    private static func remove(_ path: String) {
        for number in 0..<16 { try? FileManager.default.removeItem(atPath: "\(path)-\(number)") }
    }
}

/// How many were in at once.
private final class Occupancy: Sendable {
    private let count = Mutex((now: 0, most: 0))

    var most: Int { count.withLock { $0.most } }

    func enter() { count.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }

    func leave() { count.withLock { $0.now -= 1 } }
}
