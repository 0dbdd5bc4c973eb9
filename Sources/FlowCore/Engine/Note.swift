/// Something worth knowing that happened in a run: what was dropped, cut, missing or given up.
///
/// A note is data. ``text(in:)`` words it where people read it, so that nothing has to parse prose.
package struct Note: Hashable, Sendable {
    /// The ``NoteKind/code``.
    package var code: String
    /// The node that it is about.
    package var node: Int?
    package var values: [String]

    package init(_ kind: NoteKind, node: Int? = nil, _ values: String...) {
        code = kind.code
        self.node = node
        self.values = values.map { $0.cut(toBytes: Self.valueBytes) }
    }

    package init(code: String, node: Int?, values: [String]) {
        self.code = code
        self.node = node
        self.values = values
    }

    /// Bytes that are kept of one value.
    package static let valueBytes = 200
}

/// A kind of note, with its wording: `{node}` is the node's name, `{0}` the first value.
package struct NoteKind: Hashable, Sendable {
    package let code: String
    package let wording: String

    package init(_ code: String, _ wording: String) {
        self.code = code
        self.wording = wording
    }
}

extension NoteKind {
    /// A sentence as it stands: notes that an earlier flowd wrote as text.
    package static let text = NoteKind("text", "{0}")
    package static let missingValue = NoteKind("missing-value", "\"{0}\" was not there, read in \"{node}\"")
    package static let cutValue = NoteKind("cut-value", "\"{0}\" was cut: more than {1} bytes in \"{node}\"")
    package static let noStart = NoteKind("no-start", "the flow has no start")
    package static let rebuilt = NoteKind(
        "rebuilt",
        "rebuilt from the result of \"{node}\": this store did not know the call, so that variables and counters begin anew"
    )
    package static let transferred = NoteKind("transferred", "the call was transferred to flow \"{0}\"")
    package static let stepsPerWebhook = NoteKind(
        "steps-per-webhook",
        "more than {0} steps for one webhook, at \"{node}\""
    )
    package static let stepsPerRun = NoteKind("steps-per-run", "more than {0} steps, at \"{node}\"")
    package static let noTimeLeft = NoteKind(
        "no-time-left",
        "\"{node}\" was not sent: the requests of one webhook share {0} s"
    )
    package static let requestLeft = NoteKind(
        "request-left",
        "the request of \"{node}\" was left without an answer; it is delivered instead"
    )
    package static let documentTooLong = NoteKind("document-too-long", "the answer has more than 100 KB")
    package static let lostVersion = NoteKind(
        "lost-version",
        "the version of the flow that the run began with cannot be read any more: what should have followed was not done"
    )
    package static let givenUp = NoteKind(
        "given-up",
        "flowd died of this call {0} times or more: what should have followed was not done"
    )
    package static let sideRunLimit = NoteKind(
        "side-run-limit",
        "events of this run have begun {0} side runs: no more are begun, \"{1}\" of \"{node}\" was the first without"
    )
    package static let sideRunDepth = NoteKind(
        "side-run-depth",
        "side runs stand {0} deep, each begun by an event of the one before: \"{1}\" of \"{node}\" begins none"
    )
    package static let watchdog = NoteKind("watchdog", "flowd_watchdog: nothing was heard of \"{node}\" in time")
    static let leftOut = NoteKind(
        "sensitive-left-out",
        "\"{0}\" is sensitive: it was left out in \"{node}\", where it would be shown"
    )
    /// Of ``Pattern/Match/tooManySteps``.
    package static let patternSteps = NoteKind(
        "pattern-steps",
        "\"{node}\": a pattern took too many steps to tell whether a text matches: it counts as no match"
    )

    /// Notes that no node type has to itself.
    static let engine = [
        text, missingValue, cutValue, noStart, rebuilt, transferred, stepsPerWebhook, stepsPerRun, noTimeLeft,
        requestLeft,
        documentTooLong, lostVersion, givenUp, sideRunLimit, sideRunDepth, watchdog, leftOut, patternSteps,
    ]
}
