/// The secret that an operator's requests carry.
package struct BearerToken: Sendable {
    private let bytes: [UInt8]

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Whether an `Authorization` field holds it.
    ///
    /// Takes the same time wherever two tokens of one length differ.
    func admits(_ authorization: String?) -> Bool {
        let words = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
        let given = Array(words[1].utf8)
        var difference: UInt8 = given.count == bytes.count ? 0 : 1
        for (left, right) in zip(given, bytes) { difference |= left ^ right }
        return difference == 0
    }
}
