/// Something that Plivo reports of a node beside what the node waits for, and by which a flow can go on.
///
/// A flow names a node for it under `events`; a side run begins there: see ``Run/origins``.
package struct EventDescription: Sendable {
    /// Something that Plivo says with it.
    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let roles: ValueRoles

        package init(_ name: String, roles: ValueRoles = []) {
            self.name = name
            self.roles = roles
        }
    }

    /// The key in `events`: `recording`.
    package let name: String
    /// When it happens: one sentence.
    package let summary: String
    /// The ``CallbackDescription/name`` of the URL that Plivo tells it to.
    package let callback: String
    /// The parameters that tell one such event from another of the same visit; without the first of them, all do.
    package let mark: [String]
    /// What Plivo says with it, for templates.
    package let parameters: [Parameter]
    /// Whether the parameters of a callback tell this event.
    package let isTold: @Sendable (Parameters) -> Bool

    package init(
        _ name: String,
        by callback: CallbackDescription,
        mark: [String] = [],
        saying parameters: [Parameter] = [],
        _ summary: String,
        isTold: @escaping @Sendable (Parameters) -> Bool = { _ in true }
    ) {
        self.name = name
        self.summary = summary
        self.callback = callback.name
        self.mark = mark
        self.parameters = parameters
        self.isTold = isTold
    }
}

extension NodeDescription {
    /// The index in ``events`` of what a callback tells; nil where it tells none of them.
    package func event(told callback: Callback) -> Int? {
        events.firstIndex { $0.callback == callback.name && $0.isTold(callback.parameters) }
    }
}
