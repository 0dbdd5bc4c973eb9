import FlowStore
import Testing

@testable import FlowDelivery

@Suite("A watch on peers")
struct PeerWatchTests {
    private let start = ContinuousClock.now
    private let peer = WorkerID(2)

    /// Looks at the given seconds, at each of which the peer's beat is the one of the last beat before.
    private func buriedAt(looks: [Double], beats: [Double], peer: WorkerID = WorkerID(2)) -> Double? {
        var watch = PeerWatch()
        return looks.first { second in
            let beat = beats.count { $0 <= second }
            return watch.gone([peer: beat, WorkerID(3): Int(second * 1_000)], at: start + .seconds(second)) == [peer]
        }
    }

    private func everySecond(_ range: ClosedRange<Int>) -> [Double] { range.map(Double.init) }

    @Test("buries a peer whose beat stood still for 10 s")
    func dead() {
        #expect(buriedAt(looks: everySecond(0...60), beats: [0, 3, 6]) == 16)
        #expect(buriedAt(looks: everySecond(0...60), beats: []) == 10)
    }

    @Test("leaves a peer alone that beats, however late")
    func alive() {
        #expect(buriedAt(looks: everySecond(0...60), beats: stride(from: 0, to: 60, by: 9).map { $0 }) == nil)
    }

    @Test("watches anew after it was stopped itself")
    func ownPause() {
        // It looks at 0…5, is stopped until 100, and only then sees what the peer does.
        let looks = everySecond(0...5) + everySecond(100...160)
        #expect(buriedAt(looks: looks, beats: [0, 3]) == 110)
        #expect(buriedAt(looks: looks, beats: [0, 3] + stride(from: 101, to: 160, by: 3).map { $0 }) == nil)
    }

    @Test("counts short delays of its own as watching")
    func shortDelays() {
        let looks = stride(from: 0.0, to: 60, by: 2.5).map { $0 }
        #expect(buriedAt(looks: looks, beats: [0]) == 10)
    }

    @Test("forgets a peer that signed off, and watches it anew when it is back")
    func back() {
        var watch = PeerWatch()
        var buried: [Int] = []
        for second in 0...30 {
            let beats = (8...9).contains(second) ? [:] : [peer: 1]
            if watch.gone(beats, at: start + .seconds(second)) == [peer] { buried.append(second) }
        }
        #expect(buried.first == 20)
    }
}
