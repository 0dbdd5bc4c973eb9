import FlowCore

extension Parameters {
    /// A duration as Plivo writes it: whole seconds, 0 or more; nil where it is not there, or no such number.
    func seconds(_ name: String) -> Int? {
        self[name].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }
}
