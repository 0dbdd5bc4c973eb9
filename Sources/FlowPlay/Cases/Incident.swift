package import FlowCore

/// Something that Plivo does during a call.
package struct Incident: Hashable, Sendable {
    /// What happens: ``hangup``, ``fetch``, or the key of a ``PlayStep``.
    package var key: String
    /// How it is called in a case: `busy`, `answered`, `cancel`, `confirmSound`.
    package var word: String
    /// Plivo's parameters that were written out; they win over those that the word stands for.
    package var parameters: Parameters
    /// Whether they are all that Plivo says, and nothing that every webhook has is added.
    package var isWhole = false

    package init(_ key: String, _ word: String, _ parameters: Parameters = Parameters()) {
        self.key = key
        self.word = word
        self.parameters = parameters
    }

    /// The call is over: the hangup URL.
    package static let hangup = "hangup"
    /// Plivo fetches a document that the last answer names.
    package static let fetch = "fetch"

    /// How a transcript names it where what was entered is shown to nobody.
    var hidden: String { isBare ? key : "\(key): \(Datum.mask)" }

    private var isBare: Bool { word.isEmpty && parameters.isEmpty }

    /// How a transcript names it.
    package var text: String { word.isEmpty ? key : "\(key): \(word)" }
}
