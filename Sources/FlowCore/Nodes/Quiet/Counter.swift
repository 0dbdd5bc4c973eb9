/// Counts how often the run comes here.
struct Counter: Node {
    private static let max = Field(
        "max",
        .wholeNumber(1...1_000, unit: "visits"),
        isRequired: true,
        example: "3",
        "The visit from which the outcome is `reached`."
    )

    static let description = NodeDescription(
        type: "counter",
        summary: "Counts its visits in this run.",
        fields: [max],
        outcomes: [
            Outcome("not_reached", .neutral, "Fewer visits than `max`."),
            Outcome("reached", .neutral, "The `max`th visit, and every one after it."),
        ],
        values: [
            ValueDescription("count", .number, "The number of this visit, from 1."),
            ValueDescription("status", .text, "The outcome: `not_reached` or `reached`."),
        ],
        otherNames: ["count", "loop"]
    )

    private let limit: Int

    init(_ reader: FieldReader) {
        limit = reader.wholeNumber(Self.max)
    }

    var headline: String { "\(limit)" }

    func enter(_ stay: inout Stay) -> Progress {
        let count = stay.run.visits(of: stay.node)
        stay.give("count", .number(String(count)))
        return .outcome(count < limit ? "not_reached" : "reached")
    }
}
