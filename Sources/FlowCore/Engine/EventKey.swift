/// Names one event of one visit: the same for every copy of its callback, in every process, and when it is decided again.
package struct EventKey: Hashable, Sendable {
    /// The run that the event is of.
    package var run: RunID
    package var flow: String
    package var version: VersionID
    /// The node's index in its flow.
    package var node: Int
    /// How often the run had come to the node before, from 0.
    package var visit: Int
    /// The ``EventDescription/name``.
    package var event: String
    /// What tells it from others of that name: values of ``EventDescription/mark``, or every parameter.
    package var mark: [String]
}

extension EventKey {
    /// - Parameter visit: the index of the visit in ``Run/path``.
    init(_ event: EventDescription, _ parameters: Parameters, of run: Run, visit: Int) {
        let node = run.path[visit].node
        self.init(
            run: run.id,
            flow: run.flow,
            version: run.version,
            node: node,
            visit: run.path[..<visit].count { $0.node == node },
            event: event.name,
            mark: Self.mark(event, parameters)
        )
    }

    private static func mark(_ event: EventDescription, _ parameters: Parameters) -> [String] {
        if let first = event.mark.first, parameters[first]?.isEmpty == false {
            return event.mark.map { parameters[$0] ?? "" }
        }
        // In whatever order they came.
        return parameters.pairs.map { "\($0.name)=\($0.value)" }.sorted()
    }
}

/// A side run that a callback asks for.
package struct SideBeginning: Hashable, Sendable {
    package var key: EventKey
    /// The node where it begins.
    package var node: Int
    /// What Plivo said.
    package var parameters: Parameters
}
