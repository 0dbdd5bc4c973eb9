import FlowWeb

/// The secret that an operator's requests carry.
package struct BearerToken: Sendable {
    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Whether an `Authorization` field holds it.
    ///
    /// Takes the same time wherever two tokens of one length differ.
    func admits(_ authorization: String?) -> Bool {
        let words = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
        return ConstantTime.isSame(String(words[1]), text)
    }
}
