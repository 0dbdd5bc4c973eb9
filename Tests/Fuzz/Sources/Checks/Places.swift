import FlowDocument

/// What is a place of one text, and what is none.
struct Places {
    private let source: [UInt8]
    private let lines: SourceLines

    init(_ source: [UInt8]) {
        self.source = source
        lines = SourceLines(source)
    }

    func check(_ span: Span, _ what: @autoclosure () -> String) {
        // What concerns all of a file is said of its first character, before a byte order mark too.
        if span == .start { return }
        expect(span.start.offset <= span.end.offset, "\(what()) ends behind its start: \(span)")
        for place in [span.start, span.end] {
            expect(place.offset <= source.count, "\(what()) lies in the text: \(span)")
            expect(
                place == lines.position(at: place.offset),
                "\(what()) is at \(lines.position(at: place.offset)), and says \(place)"
            )
        }
    }

    func check(_ findings: [Finding], of file: String) {
        for finding in findings {
            let name = "\(finding.code.id) \(finding.message)"
            expect(!finding.message.isEmpty && finding.file == file, "\(finding.code.id) says something of the file")
            check(finding.span, name)
            for related in finding.related { check(related.span, "\(name): \(related.message)") }
        }
    }

    /// What the author wrote there.
    func text(_ span: Span) -> String {
        String(decoding: source[span.start.offset..<span.end.offset], as: UTF8.self)
    }
}
