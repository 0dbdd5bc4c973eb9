/// A URL that a node puts into its documents, beside the action of the element that is awaited.
package struct CallbackDescription: Hashable, Sendable {
    /// What a webhook to it is answered.
    package enum Answer: Hashable, Sendable {
        /// `<Response/>`: the node hears it, and it moves nothing that is awaited.
        case nothing
        /// A document of its own, read only: what a callee hears, music.
        case document
    }

    /// The last part of the URL: `events`, `confirm`.
    package let name: String
    /// The attribute of Plivo's element that holds the URL: `callbackUrl`.
    package let attribute: String
    package let answer: Answer
    /// Whether Plivo is known to sign it.
    ///
    /// Without a signature the URL holds a token that cannot be guessed.
    package let isSigned: Bool

    package init(_ name: String, attribute: String, _ answer: Answer, isSigned: Bool) {
        self.name = name
        self.attribute = attribute
        self.answer = answer
        self.isSigned = isSigned
    }
}
