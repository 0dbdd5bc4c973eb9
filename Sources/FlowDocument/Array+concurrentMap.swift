import Dispatch
import Synchronization

extension Array where Element: Sendable {
    /// What `transform` makes of each element, in their order, worked out on all cores.
    ///
    /// They are taken a few at a time: a handful is not worth another thread, and a slow one holds up few others.
    package func concurrentMap<Result: Sendable>(_ transform: @Sendable (Element) -> Result) -> [Result] {
        let portion = 8
        guard count > portion else { return map(transform) }
        let portions = stride(from: 0, to: count, by: portion).map { self[$0..<Swift.min($0 + portion, count)] }
        let results = Mutex(Array<[Result]>(repeating: [], count: portions.count))
        DispatchQueue.concurrentPerform(iterations: portions.count) { number in
            let done = portions[number].map(transform)
            results.withLock { $0[number] = done }
        }
        return results.withLock { $0.flatMap(\.self) }
    }
}
