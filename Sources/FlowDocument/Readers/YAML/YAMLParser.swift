internal import CLibYAML

/// libyaml's pull parser.
///
/// Nothing else touches its pointers.
struct YAMLParser: ~Copyable {
    enum Step {
        case event(YAMLEvent)
        /// The text is over.
        case end
        /// The text is wrong, and libyaml goes no further.
        case failure(YAMLProblem)
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>
    /// libyaml reads the text while it parses, so the text has to stay in its place.
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let lineBreaks: OddLineBreaks?

    /// - Parameter lineBreaks: what hides characters in the text that are no line breaks but to libyaml.
    init(_ text: some Collection<UInt8>, lineBreaks: OddLineBreaks?) {
        self.lineBreaks = lineBreaks
        parser = .allocate(capacity: 1)
        event = .allocate(capacity: 1)
        input = .allocate(capacity: text.count)
        _ = input.initialize(fromContentsOf: text)
        lineBreaks?.hide(in: input)
        precondition(yaml_parser_initialize(parser) == 1, "no memory for a YAML parser")
        // Without this a byte order mark could switch to UTF-16.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        event.deallocate()
        input.deallocate()
    }

    /// Parses on to the next event.
    ///
    /// Must not be called again after `.end` or `.failure`.
    mutating func next() -> Step {
        while yaml_parser_parse(parser, event) == 1 {
            defer { yaml_event_delete(event) }
            if event.pointee.type == YAML_STREAM_END_EVENT { return .end }
            if let kind { return .event(placed(kind)) }
        }
        return .failure(problem)
    }

    /// What the event is, without its places.
    private var kind: YAMLEvent.Kind? {
        switch event.pointee.type {
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd(isExplicit: event.pointee.data.document_end.implicit == 0)
        case YAML_SCALAR_EVENT: .scalar(scalar)
        case YAML_ALIAS_EVENT: .alias(Self.text(event.pointee.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT:
            .collectionStart(
                isMapping: false,
                isFlow: event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
            )
        case YAML_MAPPING_START_EVENT:
            .collectionStart(
                isMapping: true,
                isFlow: event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
            )
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: .collectionEnd
        default: nil
        }
    }

    private var scalar: Scalar {
        let data = event.pointee.data.scalar
        let bytes = UnsafeMutableBufferPointer(start: data.value, count: data.length)
        lineBreaks?.bringBack(in: bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        let style: Scalar.Style =
            switch data.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE: .literal
            case YAML_FOLDED_SCALAR_STYLE: .folded
            default: text.isEmpty ? .absent : .plain
            }
        return Scalar(text, style: style)
    }

    /// The event with its places.
    private func placed(_ kind: YAMLEvent.Kind) -> YAMLEvent {
        YAMLEvent(
            kind: kind,
            start: YAMLMark(event.pointee.start_mark),
            end: YAMLMark(event.pointee.end_mark),
            hasProperties: hasProperties
        )
    }

    private var hasProperties: Bool {
        switch event.pointee.type {
        case YAML_SCALAR_EVENT: event.pointee.data.scalar.anchor != nil || event.pointee.data.scalar.tag != nil
        case YAML_SEQUENCE_START_EVENT:
            event.pointee.data.sequence_start.anchor != nil || event.pointee.data.sequence_start.tag != nil
        case YAML_MAPPING_START_EVENT:
            event.pointee.data.mapping_start.anchor != nil || event.pointee.data.mapping_start.tag != nil
        default: false
        }
    }

    private var problem: YAMLProblem {
        YAMLProblem(
            words: Self.text(parser.pointee.problem) ?? "out of memory",
            place: YAMLMark(parser.pointee.problem_mark),
            context: Self.text(parser.pointee.context) ?? "",
            contextPlace: parser.pointee.context == nil ? nil : YAMLMark(parser.pointee.context_mark)
        )
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
    private static func text(_ pointer: UnsafePointer<UInt8>?) -> String? { pointer.map { String(cString: $0) } }
    private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}

extension YAMLMark {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(index: mark.index, line: mark.line, column: mark.column)
    }
}
