import FlowDocument

extension RequestResult {
    /// What a run reads of the answer: the parts of a JSON body, else its text; and why it is less than was sent.
    ///
    /// A body is JSON if its type says so, or if it begins with `{` or `[`, behind a byte order mark and blanks, and
    /// parses. A body that is labelled JSON and does not parse gives nothing, with a remark.
    var reading: (response: Datum, remark: AnswerRemark?) {
        guard !body.isEmpty else { return (.missing, remark) }
        let text = BodyText.decode(body, contentType: contentType)
        let isLabelled = MediaType(contentType).isJSON
        let first = text.utf8.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if isLabelled, first == nil { return (.missing, remark) }
        if isLabelled || first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            do throws(ReadFailure) {
                return (try Datum.json(text), remark)
            } catch {
                if isLabelled { return (.missing, Self.remark(on: error)) }
            }
        }
        let cut = text.cut(toBytes: RunLimits.templateBytes)
        guard cut.utf8.count < text.utf8.count else { return (.text(text), remark) }
        let words = "the text of the answer was cut: it has more than \(RunLimits.templateBytes) bytes"
        return (.text(cut), AnswerRemark(.textCut, words))
    }

    /// Names the place, and no character of the body: it came from outside.
    private static func remark(on failure: ReadFailure) -> AnswerRemark {
        guard failure.code != .overLimit else {
            return AnswerRemark(.notJSON, "the answer is JSON that is too large to read: \(failure.message)")
        }
        let place = failure.span.start
        return AnswerRemark(
            .notJSON,
            "the answer is labelled JSON, but it is not valid JSON: line \(place.line), column \(place.column)"
        )
    }
}
