/// One step of a YAML text, as libyaml tells it.
struct YAMLEvent {
    enum Kind {
        /// A document begins, with `---` or without.
        case documentStart
        /// A document ends; `isExplicit` says that it does with `...`.
        case documentEnd(isExplicit: Bool)
        case scalar(Scalar)
        /// `*name`
        case alias(String)
        /// A list or mapping begins; `isFlow` says that it stands in brackets.
        case collectionStart(isMapping: Bool, isFlow: Bool)
        case collectionEnd
    }

    let kind: Kind
    let start: YAMLMark
    let end: YAMLMark
    /// Whether an anchor such as `&name` or a tag such as `!!str` is before the value.
    let hasProperties: Bool

    var scalar: Scalar? {
        guard case .scalar(let scalar) = kind else { return nil }
        return scalar
    }
}

/// A place as libyaml counts: all from 0, `index` and `column` in characters, and line ends that no editor knows.
struct YAMLMark {
    let index: Int
    let line: Int
    let column: Int
}

/// Where libyaml gave up, and its words for it.
struct YAMLProblem {
    let words: String
    let place: YAMLMark
    /// What it was doing, such as "while parsing a flow mapping", and since where.
    let context: String
    let contextPlace: YAMLMark?
}
