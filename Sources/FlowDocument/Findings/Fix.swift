/// A change of a file that mends what a finding is about.
package struct Fix: Hashable, Sendable {
    package enum Safety: String, Sendable {
        /// What the author meant is beyond doubt, or the flow does the same as before.
        case safe
        /// A guess, or a change of what the flow does: somebody has to look at it.
        case maybe
    }

    /// What the fix does, in the words of a help line: `did you mean "LogMiss"?`.
    package var title: String
    package var safety: Safety
    /// In the order of the file, without overlaps; empty where somebody has to write the change.
    package var edits: [Edit]

    package init(_ title: String, _ safety: Safety, _ edits: [Edit]) {
        self.title = title
        self.safety = safety
        self.edits = edits
    }

    package init(_ title: String, _ safety: Safety, _ edit: Edit?) {
        self.init(title, safety, edit.map { [$0] } ?? [])
    }
}

/// Bytes of a file that others take the place of.
package struct Edit: Hashable, Sendable {
    /// What goes; empty where text is only put in.
    package var span: Span
    package var replacement: String

    package init(_ span: Span, _ replacement: String) {
        self.span = span
        self.replacement = replacement
    }

    /// What goes, in bytes of the file.
    package var range: Range<Int> { span.start.offset..<max(span.start.offset, span.end.offset) }
}

extension [Edit] {
    /// A text with all the edits made; nil where two of them overlap or one is outside the text.
    package func applied(to source: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var index = 0
        for edit in sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard edit.range.lowerBound >= index, edit.range.upperBound <= source.count else { return nil }
            result += source[index..<edit.range.lowerBound]
            result += Array<UInt8>(edit.replacement.utf8)
            index = edit.range.upperBound
        }
        return result + source[index...]
    }
}
