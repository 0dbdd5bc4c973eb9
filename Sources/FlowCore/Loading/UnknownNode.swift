/// Stands in for a node whose type is unknown, in a flow that will not run.
struct UnknownNode: Node {
    static let description = NodeDescription(
        type: "unknown",
        summary: "",
        fields: [],
        outcomes: [],
        values: [],
        traits: .isUnknown
    )

    init() {}
    init(_ reader: FieldReader) {}

    func enter(_ stay: inout Stay) -> Progress { preconditionFailure("a flow with errors does not run") }
}
