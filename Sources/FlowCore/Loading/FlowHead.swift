import FlowDocument

/// What a flow says of itself, above its nodes.
package struct FlowHead {
    package static let version = Field(
        "version",
        .wholeNumber(1...1, unit: "(the format's version)"),
        default: "1",
        "The version of this format."
    )
    package static let nameField = Field(
        "name",
        .literal,
        example: "dial-status",
        "The flow's name in its URL: `[a-z0-9-]`; the file's stem where it is left out."
    )
    package static let description = Field("description", .literal, "What the flow is for, in a sentence.")
    package static let country = Field(
        "country",
        .literal,
        example: "DE",
        "The country (ISO 3166, two capitals) that numbers without `+` belong to."
    )
    package static let numbersField = Field(
        "numbers",
        .numbers,
        roles: .ownNumbers,
        example: "[+14155550100]",
        "Plivo numbers that this flow answers."
    )
    package static let onError = Field(
        "on_error",
        .group(onErrorFields),
        "What a caller hears when flowd itself cannot go on."
    )
    package static let nodes = Field("nodes", .nodes, isRequired: true, "The steps, by name.")
    package static let ignore = Field(
        "ignore",
        .list(ignoreFields),
        "Findings that are meant, in a JSON file: code, node and reason."
    )

    package static let schema = Field(
        "$schema",
        .literal,
        example: ".flow.schema.json",
        "The JSON Schema that an editor checks the file by, which says nothing to flowd."
    )

    private static let flowVoice = Field(
        "voice",
        .literal,
        roles: .voice,
        default: "WOMAN",
        example: "Polly.Joanna",
        "Who speaks where a node does not say: `WOMAN`, `MAN` or `Polly.<Name>`."
    )
    private static let flowLanguage = Field(
        "language",
        .literal,
        roles: .language,
        default: "en-US",
        example: "en-GB",
        "The language that is spoken, and listened to, where a node does not say."
    )

    private static let vars = Field(
        Variable.prefix,
        .literals,
        example: "{greeting: Hello}",
        "Texts that nodes can change: names (letters, digits, `_`), each with its first value. Read as `<<vars.name>>`."
    )

    package static let fields = [
        version, nameField, description, country, numbersField, flowVoice, flowLanguage, vars, onError, nodes, ignore,
        schema,
    ]

    private static let speak = Field("speak", .literal, roles: .prompt, "The text.")
    private static let voice = Field("voice", .literal, roles: .voice, example: "WOMAN", "Plivo's voice.")
    private static let language = Field("language", .literal, roles: .language, example: "en-US", "Plivo's language.")
    private static let forward = Field(
        "forward",
        .numbers,
        roles: .dialTargets,
        example: "+14155550199",
        "Whom the caller is forwarded to."
    )
    private static let onErrorFields = [speak, voice, language, forward]

    private static let ignoreFields = [
        Field("code", .literal, isRequired: true, example: "FD204", "The finding's code."),
        Field("node", .literal, "The node it is about."),
        Field("reason", .literal, isRequired: true, "Why it is meant."),
    ]

    let name: String
    let nameSpan: Span
    let summary: String
    let numbers: [Flow.ClaimedNumber]
    let plan: NumberPlan?
    let apology: Apology
    let speech: SpeechSettings
    let variables: [Variable]
    let settings: [Setting]

    init(_ document: Document, in scope: FlowScope) {
        let reader = FieldReader(document.root, Self.fields, owner: .other("the flow"), in: scope)
        Self.checkVersion(reader)
        (name, nameSpan) = Self.name(document, reader)
        // Free text: nobody reads a value there.
        summary = reader.scalar(Self.description)?.text ?? ""
        reader.settle(Self.description, as: .word(summary))
        plan = Self.plan(reader)
        scope.plan = plan
        numbers = Self.numbers(reader, Self.numbersField)
        apology = Self.apology(reader)
        speech = SpeechSettings(voice: reader.literal(Self.flowVoice), language: reader.literal(Self.flowLanguage))
        variables = Self.variables(reader)
        scope.variables = variables
        scope.speech = speech
        settings = reader.settings
        // For editors alone, and so taken as it is.
        reader.checkScalar(Self.schema)
        for value in reader.value(Self.ignore)?.list ?? [] {
            guard value.entries != nil else {
                Self.reportNoSilence(value, in: scope)
                continue
            }
            FieldReader.check(value, Self.ignoreFields, owner: .other("\"ignore\""), prefix: "ignore.", in: scope)
        }
    }

    private static func reportNoSilence(_ value: Value, in scope: FlowScope) {
        let code = value.text.flatMap { $0.hasPrefix("FD") && $0.utf8.count == 5 ? $0 : nil } ?? "FD204"
        scope.report(
            .wrongType,
            "expected {code, node, reason} in \"ignore\", found \(value.kind)",
            at: value.span,
            help: ["write {\"code\": \"\(code)\", \"reason\": \"why it is meant\"}"]
        )
    }

    private static func checkVersion(_ reader: FieldReader) {
        guard let value = reader.scalar(version), let text = value.text, text != "1" else { return }
        if let number = Int(text), number > 1 {
            reader.scope.report(
                .unknownVersion,
                "flow format \(number) is newer than this flowd, which knows 1",
                at: value.span
            )
        } else {
            reader.scope.report(
                .unknownVersion,
                "\"\(text)\" is not a version of the flow format",
                at: value.span,
                fixes: [Fix("write 1", .maybe, reader.scope.document.edit(value, to: "1"))]
            )
        }
    }

    private static func name(_ document: Document, _ reader: FieldReader) -> (String, Span) {
        guard let value = reader.scalar(nameField), let text = value.text else {
            let file = document.file.split(separator: "/").last.map(String.init) ?? document.file
            let stem = file.split(separator: ".").dropLast().joined(separator: ".")
            if !FlowName.isValid(stem) {
                reader.scope.report(
                    .badName,
                    "the file's stem \"\(stem)\" is not a valid flow name ([a-z0-9-], at most 64): rename the file, or write \"name\"",
                    at: .start,
                    help: FlowName.mended(stem).map { ["write \(entry($0, document.format))"] } ?? []
                )
            }
            return (stem, .start)
        }
        if reader.refuseTemplate(in: value, "name") { return (text, value.span) }
        if !FlowName.isValid(text) {
            reader.scope.report(
                .badName,
                "\"\(text)\" is not a valid flow name: expected lower-case letters, digits and \"-\", at most 64",
                at: value.span,
                fixes: FlowName.mended(text).map { name in
                    let edit = reader.scope.document.edit(value, to: name)
                    return [Fix("write \"\(name)\"?", .maybe, edit)]
                } ?? []
            )
        }
        return (text, value.span)
    }

    /// The entry that gives a flow its name.
    private static func entry(_ name: String, _ format: Document.Format) -> String {
        switch format {
        case .yaml: "\"name: \(name)\""
        case .json: "\"name\": \"\(name)\""
        }
    }

    private static func numbers(_ reader: FieldReader, _ field: Field) -> [Flow.ClaimedNumber] {
        var claimed: [Flow.ClaimedNumber] = []
        for value in scalars(reader, field) {
            guard !reader.refuseTemplate(in: value, reader.prefix + field.name), let text = value.text else { continue }
            for part in CommaPart.parts(of: text) {
                guard let number = PhoneNumber(part.text, in: reader.scope.plan) else {
                    reader.checkNumber(part, in: value, takesSIP: false)
                    continue
                }
                claimed.append(Flow.ClaimedNumber(number: number, span: reader.span(of: part, in: value)))
            }
        }
        return claimed
    }

    private static func plan(_ reader: FieldReader) -> NumberPlan? {
        guard let value = reader.scalar(country), let text = value.text,
            !reader.refuseTemplate(in: value, country.name)
        else { return nil }
        reader.settle(country, as: .word(text))
        if let plan = NumberPlan(country: text) { return plan }
        let capitals = text.trimmed.uppercased()
        let meant = NumberPlan(country: capitals == "UK" ? "GB" : capitals)?.country
        reader.wrongType(
            country,
            value,
            expected: "a country's code of two capitals (ISO 3166), as \"DE\"",
            fixes: meant.map { [Fix(meant: $0, reader.scope.document.edit(value, to: $0))] } ?? []
        )
        return nil
    }

    private static func variables(_ reader: FieldReader) -> [Variable] {
        reader.literals(vars).compactMap { entry in
            let name = entry.key.text
            if name.isEmpty || NodeName.firstWrong(in: name.unicodeScalars, others: "_") != nil {
                reader.scope.report(
                    .badName,
                    "\"\(name)\" is not a valid name of a variable: expected letters, digits and \"_\"",
                    at: entry.key.span
                )
                return nil
            }
            if entry.text.count > Variable.characters {
                reader.scope.report(
                    .valueOverLimit,
                    "\"vars.\(name)\" has \(entry.text.count) characters, limit \(Variable.characters)",
                    at: entry.key.span
                )
            }
            return Variable(name: name, first: entry.text, span: entry.key.span)
        }
    }

    private static func scalars(_ reader: FieldReader, _ field: Field) -> [Value] {
        guard let value = reader.value(field), value.scalar?.style != .absent else { return [] }
        reader.settle(field, as: .asWritten)
        reader.checkNumbersAreThere(field)
        let items = value.list ?? [value]
        for item in items where item.scalar == nil { reader.wrongType(field, item, expected: "numbers") }
        return items.filter { $0.scalar != nil }
    }

    private static func apology(_ reader: FieldReader) -> Apology {
        guard let group = reader.group(onError, onErrorFields) else { return Apology() }
        return Apology(
            speak: group.literal(speak),
            voice: group.literal(voice),
            language: group.literal(language),
            forward: scalars(group, forward).flatMap { value -> [DialTarget] in
                guard !group.refuseTemplate(in: value, "on_error.forward"), let text = value.text else { return [] }
                group.checkTargets(in: value)
                var targets = TargetReader(in: group.scope.plan)
                for part in CommaPart.parts(of: text) { targets.add(TemplateParser.unescaped(part.text)) }
                return targets.targets
            }
        )
    }
}
