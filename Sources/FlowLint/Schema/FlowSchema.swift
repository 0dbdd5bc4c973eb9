import FlowCore

/// A JSON Schema (2020-12) of a flow, for editors that complete and check while one types.
///
/// Made from the descriptions that flowd itself reads by. It checks the shape of a file; what goes from node to node
/// is for `flowd lint`.
package enum FlowSchema {
    package static var text: String { schema.pretty }

    private static var schema: JSON {
        var properties = FlowHead.fields.map { ($0.name, FieldSchema.of($0)) }
        if let nodes = properties.firstIndex(where: { $0.0 == FlowHead.nodes.name }) {
            properties[nodes].1 = self.nodes
        }
        return .object([
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("A flow of flowd")),
            ("description", .text("What happens with a call: nodes, and where each outcome leads.")),
            ("type", .text("object")),
            ("properties", .object(properties)),
            ("required", .list(FlowHead.fields.filter(\.isRequired).map { .text($0.name) })),
            ("additionalProperties", .boolean(false)),
            ("$defs", .object(FieldSchema.definitions + [("node", node)] + NodeTypes.all.map(definition))),
        ])
    }

    // MARK: Nodes

    private static var nodes: JSON {
        .object([
            ("type", .text("object")),
            ("description", .text(FlowHead.nodes.summary)),
            (
                "propertyNames",
                .object([
                    ("not", .object([("enum", .list(NodeName.reserved.map(JSON.text)))])),
                    ("pattern", .text("^\(letter)((\(letter)| )*\(letter))?$")),
                ])
            ),
            ("minProperties", .number(1)),
            ("maxProperties", .number(FlowBuilder.maximumNodes)),
            ("additionalProperties", FieldSchema.reference("node")),
        ])
    }

    /// What a node's name is made of, blanks aside: any letter or digit, `_` and `-`, in words that every reader of schemas knows.
    private static let letter = "[^\\x00-,./:-@\\[-^`{-\\x7f]"

    private static var node: JSON {
        let types = NodeTypes.all.map { $0.description }
        return .object([
            ("type", .text("object")),
            (
                "properties",
                .object([
                    (
                        "type",
                        .object([
                            ("description", .text("What the node does.")),
                            (
                                "oneOf",
                                .list(
                                    types.map { type in
                                        .object([("const", .text(type.type)), ("description", .text(type.summary))])
                                    }
                                )
                            ),
                        ])
                    )
                ])
            ),
            ("required", .list([.text("type")])),
            ("allOf", .list(types.map(condition))),
        ])
    }

    private static func condition(_ type: NodeDescription) -> JSON {
        let isThis = JSON.object([("const", .text(type.type))])
        return .object([
            ("if", .object([("properties", .object([("type", isThis)])), ("required", .list([.text("type")]))])),
            ("then", FieldSchema.reference(type.type)),
        ])
    }

    private static func definition(_ type: any Node.Type) -> (String, JSON) {
        let type = type.description
        let properties =
            [("type", JSON.object([("const", .text(type.type))]))]
            + type.fields.map { ($0.name, FieldSchema.of($0)) }
            + (type.events.isEmpty ? [] : [("events", events(type))])
            + [("transitions", transitions(type))]
        return (
            type.type,
            .object([
                ("type", .text("object")),
                ("description", .text(type.summary)),
                ("properties", .object(properties)),
                ("required", .list([.text("type")] + type.fields.filter(\.isRequired).map { .text($0.name) })),
                ("additionalProperties", .boolean(false)),
            ])
        )
    }

    /// A node's name for each event.
    private static func events(_ type: NodeDescription) -> JSON {
        let events = type.events.map { event in
            (event.name, JSON.object([("$ref", .text("#/$defs/target")), ("description", .text(event.summary))]))
        }
        return .object([
            ("description", .text("Where a side run begins when Plivo reports an event: a node's name.")),
            ("type", .list([.text("object"), .text("null")])),
            ("properties", .object(events)),
            ("additionalProperties", .boolean(false)),
        ])
    }

    /// A node's name or `end`, or one for each outcome.
    private static func transitions(_ type: NodeDescription) -> JSON {
        let target = FieldSchema.reference("target")
        let outcomes = type.outcomes.map { outcome in
            (outcome.name, JSON.object([("$ref", .text("#/$defs/target")), ("description", .text(outcome.summary))]))
        }
        return .object([
            ("description", .text("Where each outcome leads: a node's name, or `end`. One name alone stands for all.")),
            (
                "anyOf",
                .list([
                    target,
                    .object([
                        ("type", .text("object")),
                        ("properties", .object(outcomes)),
                        // Beside those of the type, the file may name outcomes of its own.
                        ("additionalProperties", type.exampleChoices.isEmpty ? .boolean(false) : target),
                    ]),
                    .object([("type", .text("null"))]),
                ])
            ),
        ])
    }
}
