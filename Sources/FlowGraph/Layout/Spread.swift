/// Puts points on a stretch as near as can be to where they want to be, in their order and a gap apart.
enum Spread {
    /// Least squares by pooling neighbours (isotonic regression).
    ///
    /// - Parameter wishes: in ascending order of where the points shall be.
    static func points(_ wishes: [Double], gap: Double, from low: Double, to high: Double) -> [Double] {
        guard wishes.count > 1 else { return wishes.map { min(max($0, low), max(low, high)) } }
        let gap = min(gap, max(0, high - low) / Double(wishes.count - 1))
        var pools: [(sum: Double, count: Int)] = []
        for (index, wish) in wishes.enumerated() {
            pools.append((wish - Double(index) * gap, 1))
            while pools.count > 1 {
                let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
                guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
                pools.removeLast()
                pools[pools.count - 1] = (before.sum + last.sum, before.count + last.count)
            }
        }
        let top = max(low, high - Double(wishes.count - 1) * gap)
        var points: [Double] = []
        for pool in pools {
            let base = min(max(pool.sum / Double(pool.count), low), top)
            for _ in 0..<pool.count { points.append(base + Double(points.count) * gap) }
        }
        return points
    }
}
