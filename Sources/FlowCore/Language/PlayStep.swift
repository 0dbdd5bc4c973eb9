/// Something that Plivo can report of an awaited node, in the words of somebody who plays a call.
///
/// `flowd run` offers it, a test case names it (`dial: busy`), the exhaustive walk and the adversary try it, and the
/// reference lists it.
package struct PlayStep: Sendable {
    /// Where the document holds the URL that Plivo comes to.
    package enum Address: Hashable, Sendable {
        /// An attribute of the element: `action`, `callbackUrl`.
        case attribute(String)
        /// The `<Redirect>` behind the element.
        case redirect
    }

    /// What the step takes behind its key.
    package enum Input: Sendable {
        /// One of these words.
        case words([PlayWord])
        /// Any text: digits, speech. The examples are what the exhaustive walk tries.
        case text(examples: [PlayWord])
        /// Nothing: the key says it all.
        case nothing(PlayWord)
    }

    /// The key in a test case: `dial`, `press`.
    package let key: String
    /// One sentence.
    package let summary: String
    package let input: Input
    /// The element that is awaited: `Dial`.
    package let element: String
    package let address: Address
    /// The parameter by which Plivo's own words for it are recognised: `DialStatus`.
    package let parameter: String
    /// Plivo's parameters for a word.
    package let parameters: @Sendable (PlayedWord) -> [(String, String)]

    package init(
        _ key: String,
        _ input: Input,
        element: String,
        at address: Address,
        saidBy parameter: String,
        _ summary: String,
        _ parameters: @escaping @Sendable (PlayedWord) -> [(String, String)]
    ) {
        self.key = key
        self.input = input
        self.element = element
        self.address = address
        self.parameter = parameter
        self.summary = summary
        self.parameters = parameters
    }

    /// Whether it ends the turn.
    package var movesTurn: Bool {
        switch address {
        case .attribute(let name): name == "action" || name == "onExitActionUrl"
        case .redirect: true
        }
    }

    /// Whether the key says it all.
    package var isBare: Bool {
        guard case .nothing = input else { return false }
        return true
    }

    /// The words that are offered; for a text its examples.
    package var words: [PlayWord] {
        switch input {
        case .words(let words), .text(let words): words
        case .nothing(let word): [word]
        }
    }
}

/// A word that a step takes.
package struct PlayWord: Hashable, Sendable {
    package let name: String
    /// What it means, in half a sentence.
    package let summary: String
    /// The outcome that it leads to; nil where that depends.
    package let outcome: String?
    /// Whether the flow goes the same way by an earlier word.
    package let isVariant: Bool

    package init(_ name: String, outcome: String? = nil, isVariant: Bool = false, _ summary: String) {
        self.name = name
        self.outcome = outcome
        self.isVariant = isVariant
        self.summary = summary
    }
}

/// A word as it is played in a call.
package struct PlayedWord: Sendable {
    package let word: String
    /// The call's UUID.
    package let aLeg: String
    /// The UUID of the leg that the element rang.
    package let bLeg: String
    /// The first number or URI that the element rings, or the name of its room; empty for others.
    package let target: String

    package init(_ word: String, aLeg: String, bLeg: String, target: String) {
        self.word = word
        self.aLeg = aLeg
        self.bLeg = bLeg
        self.target = target
    }
}
