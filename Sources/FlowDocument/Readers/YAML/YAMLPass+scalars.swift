extension YAMLPass {
    /// Takes a key or a scalar value.
    mutating func take(_ scalar: Scalar, of event: YAMLEvent) throws(ReadFailure) {
        var scalar = scalar
        var span = positions.span(event)
        if event.hasProperties { span = takeProperties(of: event, span: span) }
        switch scalar.style {
        case .literal, .folded: span = trimmed(span)
        case .singleQuoted where repair.isRepaired(at: span.start.offset): scalar.style = .plain
        case .plain where isCut(span): unquoted.append(unquotedValue(span))
        case .plain where !tree.expectsKey: lookForText(behind: span)
        case .absent where !tree.expectsKey: lookForValue(behind: span.end)
        default: break
        }
        if tree.expectsKey { beforeKey = last }
        last = (scalar.style, span)
        if tree.expectsKey {
            try takeKey(scalar, span: span)
        } else {
            try tree.scalar(scalar, span: span)
        }
    }

    /// Takes `*name`: an alias where such an anchor came before, and otherwise a text that lacks its quotes.
    mutating func takeAlias(_ name: String, span: Span) throws(ReadFailure) {
        if tree.pendingKey?.text == "<<" {
            // The merge key itself is reported.
            hasGaps = true
        } else if anchors[name] == nil {
            unquoted.append(unquotedValue(span))
        } else {
            hasGaps = true
            report(
                ReadFailure(
                    .unsupportedSyntax,
                    "alias \"*\(name)\" is not allowed in a flow",
                    span: span,
                    help: ["write the value out", "write '*\(name)' if it is a text"]
                )
            )
        }
        if tree.expectsKey {
            try tree.drop(key: Key("*\(name)", span: span))
        } else {
            // The text is somewhere else, and so there are no places in it here.
            try tree.scalar(Scalar(anchors[name] ?? "", style: .absent), span: span)
        }
    }

    private mutating func takeKey(_ scalar: Scalar, span: Span) throws(ReadFailure) {
        let key = Key(scalar.text, span: span)
        if let mark = explicitKeyMark(before: span.start) {
            report(
                ReadFailure(
                    .unsupportedSyntax,
                    "\"? \" before a key is not allowed in a flow",
                    span: mark,
                    help: ["write \"key: value\""]
                )
            )
        }
        guard scalar.text == "<<", scalar.style == .plain else { return try tree.key(key) }
        report(
            ReadFailure(
                .unsupportedSyntax,
                "merge key \"<<\" is not allowed in a flow",
                span: span,
                help: ["write the keys out"]
            )
        )
        try tree.drop(key: key)
    }

    /// The `?` of a key that is written out as one.
    func explicitKeyMark(before start: Position) -> Span? {
        var offset = start.offset - 1
        while let byte = source.at(offset), byte.isBlank { offset -= 1 }
        guard offset < start.offset - 1, source.at(offset) == UInt8(ascii: "?") else { return nil }
        let line = source.lineStart(before: offset)
        let lineStart = Position(line: start.line, column: 1, offset: line)
        let mark = lineStart.moved(to: offset, in: source)
        return Span(mark, mark.moved(to: offset + 1, in: source))
    }

    /// Whether a template opens in a plain scalar and closes behind it on the same line.
    private func isCut(_ span: Span) -> Bool {
        let range = span.start.offset..<span.end.offset
        return source.hasTemplateMark(in: range) && YAMLTemplates(source, lineOf: range.upperBound).isCut(range)
    }

    /// The value that begins where `span` does.
    func unquotedValue(_ span: Span) -> UnquotedValue {
        let isBehindKey = tree.pendingKey?.span.end.line == span.start.line
        return UnquotedValue(
            from: span.start.offset,
            in: source,
            isInFlow: tree.isInFlow,
            stopsAtColon: !isBehindKey,
            lineOf: span.end.offset
        )
    }

    /// Checks whether an apparently missing value was meant to be one.
    private mutating func lookForValue(behind place: Position) {
        guard tree.isInFlow else { return lookForComment(behind: place) }
        if tree.isInMapping, let key = tree.pendingKey { lookForColon(behind: key) }
    }

    /// Checks whether a comment was meant as a value: `#`, or a word behind it without a blank.
    private mutating func lookForComment(behind place: Position) {
        var offset = place.offset
        while let byte = source.at(offset), byte.isBlank { offset += 1 }
        guard source.at(offset) == UInt8(ascii: "#"), source.at(offset + 1)?.isBlank != true else { return }
        unquoted.append(UnquotedValue(from: offset, in: source, isInFlow: false, stopsAtColon: false))
    }

    /// Looks whether what seems to be a comment behind a text without quotes belongs to it: `Press #1 to accept`.
    ///
    /// Most comments have blanks on both sides of `#`; a digit or a template there is rarely the beginning of one.
    private mutating func lookForText(behind span: Span) {
        var mark = span.end.offset
        while let byte = source.at(mark), byte.isBlank { mark += 1 }
        guard mark == span.end.offset + 1, source[span.end.offset] == 0x20, source.at(mark) == UInt8(ascii: "#"),
            let next = source.at(mark + 1)
        else {
            return
        }
        let templates = YAMLTemplates(source, lineOf: mark)
        guard next.isDigit || templates.opens(at: mark + 1) else { return }
        guard source[span.start.offset..<span.end.offset].contains(where: { $0.isLetter || $0 >= 0x80 }) else { return }
        let end = templates.valueEnd(from: mark, isInFlow: tree.isInFlow, stopsAtColon: false)
        var finding = UnquotedValue(range: span.start.offset..<end, isInFlow: tree.isInFlow)
            .finding(in: source, file: file, span: Span(span.start, span.start.moved(to: end, in: source)))
        // The author may have meant a comment all the same.
        finding.severity = .warning
        findings.append(finding)
    }

    /// The span of a block scalar up to its last line with text; libyaml's goes on to what comes next.
    private func trimmed(_ span: Span) -> Span {
        var end = span.end.offset
        var line = end
        while line > span.start.offset {
            var text = line
            while text > span.start.offset, source[text - 1].isBlank { text -= 1 }
            guard source[text - 1].isLineBreak else { break }
            line = text - 1
            if source[line] == 0x0A, line > 0, source[line - 1] == 0x0D { line -= 1 }
            end = line
        }
        return Span(span.start, span.start.moved(to: end, in: source))
    }
}

extension [UInt8] {
    /// Whether `<<` or `{{` is in `range`.
    fileprivate func hasTemplateMark(in range: Range<Int>) -> Bool {
        let bytes = span
        var previous: UInt8 = 0
        for index in range {
            let byte = bytes[index]
            if byte == previous, byte == UInt8(ascii: "<") || byte == UInt8(ascii: "{") { return true }
            previous = byte
        }
        return false
    }
}
