/// Why a run reads less of an app server's answer than the server sent: material for the run's notes.
package struct AnswerRemark: Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The status arrived, the whole body did not.
        case bodyLost = "body_lost"
        /// The body is labelled JSON and does not parse.
        case notJSON = "not_json"
        /// The body is a text that is longer than a template may be.
        case textCut = "text_cut"
    }

    package var code: Code
    /// A few words for people, without a byte of the answer.
    package var words: String

    package init(_ code: Code, _ words: String) {
        self.code = code
        self.words = words
    }
}
