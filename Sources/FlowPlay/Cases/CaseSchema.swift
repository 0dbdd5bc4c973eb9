import FlowCore

/// A JSON Schema (2020-12) of a test file, for editors that complete and check while one types.
///
/// Made of the words that test files are read by. It checks the shape; the flow's own names are for `flowd test`.
package enum CaseSchema {
    package static var text: String { schema.json + "\n" }

    private static var schema: Datum {
        object([
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("Tests of a flow of flowd")),
            ("description", .text("Calls written down: what Plivo sends, what app servers answer, what comes out.")),
            ("type", .text("object")),
            (
                "properties",
                object([
                    ("flow", described(plain, "The flow's name; left out: the file's stem.")),
                    ("cases", list(reference("case"))),
                ])
            ),
            ("required", .list([.text("cases")])),
            ("additionalProperties", .boolean(false)),
            (
                "$defs",
                object([
                    ("text", object([("type", .list(["string", "number", "boolean", "null"].map(Datum.text)))])),
                    (
                        "pairs",
                        object([("type", .text("object")), ("additionalProperties", reference("text"))])
                    ),
                    ("seconds", object([("type", .list([.text("string"), .text("number")]))])),
                    ("case", oneCase), ("step", step), ("answer", answer), ("request", request),
                ])
            ),
        ])
    }

    // MARK: Parts

    private static var oneCase: Datum {
        keys(
            [
                ("name", plain), ("call", keys(CaseReader.callKeys.map { ($0.key, plain) })),
                ("message", keys(CaseReader.messageKeys.map { ($0.key, plain) })),
                ("at", described(plain, "When it begins: 2026-12-24T10:00:00-05:00.")),
                ("params", described(reference("pairs"), "Any other parameter of Plivo's.")),
                ("steps", list(reference("step"))),
                (
                    "requests",
                    object([
                        ("type", .text("object")), ("description", .text("What app servers answer, by node.")),
                        ("additionalProperties", either([reference("answer"), list(reference("answer"))])),
                    ])
                ),
                ("expect", end),
            ],
            required: ["name"]
        )
    }

    private static var step: Datum {
        let bare = PlayVocabulary.steps.filter(\.isBare).map(\.key)
        let things = PlayVocabulary.keys.map { ($0, incident($0)) }
        let single = keys([("expect", pattern)] + things + [("wait", reference("seconds")), ("again", plain)])
        return either([words(["again", Incident.hangup] + bare), with(single, ("maxProperties", .number("1")))])
    }

    private static func incident(_ key: String) -> Datum {
        let summary = PlayVocabulary.steps.first { $0.key == key }?.summary ?? ""
        let parts = [PlayVocabulary.words(of: key).map(words) ?? plain]
        let all = key == Incident.fetch ? parts : parts + [reference("pairs")]
        return described(either(all), summary)
    }

    private static var pattern: Datum {
        let elements = Verb.elements.map { element -> (String, Datum) in
            let targets = element.name == "Dial"
            let own = targets ? ("to", either([plain, list(plain)])) : ("text", plain)
            return (element.key, either([plain, keys([own] + element.attributes.map { ($0, plain) })]))
        }
        return described(either([words(AnswerPattern.words), keys(elements)]), "What Plivo was told last.")
    }

    private static var answer: Datum {
        let status = object([
            ("type", .text("integer")), ("minimum", .number("100")), ("maximum", .number("599")),
        ])
        let word = either([status, words(ScriptedAnswer.words)])
        let values = [
            "status": word, "json": object([]), "body": plain, "type": plain, "retry_after": reference("seconds"),
            "after": reference("seconds"),
        ]
        return either([word, keys(CaseReader.answerKeys.map { ($0, values[$0] ?? plain) })])
    }

    private static var end: Datum {
        let values = [
            "path": plain, "outcome": words(ExpectedEnd.outcomes), "requests": list(reference("request")),
            "values": reference("pairs"), "notes": either([plain, list(plain)]), "side_runs": list(sideRun),
        ]
        return keys(CaseReader.endKeys.map { ($0, values[$0] ?? plain) })
    }

    private static var sideRun: Datum {
        let values = ["event": plain, "path": plain, "outcome": words(ExpectedEnd.outcomes)]
        return keys(CaseReader.sideRunKeys.map { ($0, values[$0] ?? plain) }, required: ["event"])
    }

    private static var request: Datum {
        let count = object([("type", .text("integer")), ("minimum", .number("1"))])
        let values = [
            "headers": reference("pairs"), "params": reference("pairs"), "body": object([]), "attempts": count,
        ]
        return keys(CaseReader.requestKeys.map { ($0, values[$0] ?? plain) }, required: ["node"])
    }

    // MARK: Words of the schema

    private static let plain = reference("text")

    private static func reference(_ name: String) -> Datum { object([("$ref", .text("#/$defs/\(name)"))]) }

    private static func object(_ members: [(String, Datum)]) -> Datum {
        .object(members.map { Datum.Member($0.0, $0.1) })
    }

    private static func list(_ items: Datum) -> Datum { object([("type", .text("array")), ("items", items)]) }

    private static func either(_ schemas: [Datum]) -> Datum {
        schemas.count == 1 ? schemas[0] : object([("anyOf", .list(schemas))])
    }

    private static func words(_ words: [String]) -> Datum { object([("enum", .list(words.map(Datum.text)))]) }

    private static func described(_ schema: Datum, _ summary: String) -> Datum {
        summary.isEmpty ? schema : with(schema, ("description", .text(summary)))
    }

    private static func with(_ schema: Datum, _ member: (String, Datum)) -> Datum {
        guard case .object(let members) = schema else { return schema }
        return .object(members + [Datum.Member(member.0, member.1)])
    }

    private static func keys(_ properties: [(String, Datum)], required: [String] = []) -> Datum {
        let all = [
            ("type", Datum.text("object")), ("properties", object(properties)),
            ("required", .list(required.map(Datum.text))), ("additionalProperties", .boolean(false)),
        ]
        return object(required.isEmpty ? all.filter { $0.0 != "required" } : all)
    }
}
